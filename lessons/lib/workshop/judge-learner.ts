import type { Backend } from '../backend.ts';
import { type BackendOfCheck, CheckInterrupted, checkLesson } from '../judge/check-lesson.ts';
import { findingWords, RULE_WORDS } from '../judge/finding-words.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { LessonsServerOptions } from '../server/lessons-server.ts';
import { takeOffQuestions } from '../server/take-off-questions.ts';
import { type JudgingAloneOptions, judgingAlone } from './judging-alone.ts';
import { ensureCopy } from './learner-copy.ts';
import { type LearnerFolders, workFolder } from './learner-folders.ts';
import type { BrokenProgress } from './progress-file.ts';
import { recordVerdict } from './record-verdict.ts';
import { prepareTakeOff } from './take-off-answers.ts';

export interface JudgeLearnerOptions {
  readonly folders: LearnerFolders;
  readonly backend: BackendOfCheck;
  /** The last step to judge; all if not given. */
  readonly step?: string | undefined;
  /** Throws `CheckInterrupted`. */
  readonly signal?: AbortSignal | undefined;
  readonly onBroken?: ((broken: BrokenProgress) => void) | undefined;
  /** Hears of another judge that is waited for. */
  readonly onWaiting?: JudgingAloneOptions['onWaiting'];
}

/** Judges what a learner wrote for a lesson, while nobody else does, and keeps the verdict. */
export async function judgeLearner(
  lesson: Lesson,
  { folders, backend, step, signal, onBroken, onWaiting }: JudgeLearnerOptions,
): Promise<Verdict> {
  // It may fail before anybody waits for it; whoever does then hears of it.
  if ('coming' in backend) backend.coming.catch(() => {});
  const folder = workFolder(folders, lesson);
  const interrupted = signal && aborted(signal);
  try {
    return await judgingAlone(
      folders.verdicts,
      lesson,
      async () => {
        const verdict = await checkLesson(lesson, { folder, backend, step, interrupted });
        if (!signal?.aborted) await recordVerdict(folders, lesson, verdict, onBroken);
        return verdict;
      },
      { signal, onWaiting },
    );
  } catch (error) {
    throw signal?.aborted ? new CheckInterrupted() : error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** How the lessons page reaches the judge; a learner who begins there gets their copy first. */
export function judging(
  folders: LearnerFolders,
  backend: () => Promise<Pick<Backend, 'query' | 'agent'>>,
): Pick<LessonsServerOptions, 'folders' | 'check' | 'questions' | 'sayFinding' | 'ruleTemplates'> {
  return {
    folders,
    async check(lesson, step) {
      if (lesson.number === 0) await prepareTakeOff(folders, lesson);
      else await ensureCopy(folders, lesson);
      return judgeLearner(lesson, { folders, backend: await backend(), step });
    },
    questions: takeOffQuestions(folders, backend),
    sayFinding: findingWords,
    ruleTemplates: (language) => RULE_WORDS[language],
  };
}

import type { AgentAddress } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import { errorText } from '../error-text.ts';
import { type Language, type Say, speaker } from '../i18n/messages.ts';
import { CheckInterrupted } from '../judge/check-lesson.ts';
import { findingWords } from '../judge/finding-words.ts';
import type { Verdict } from '../judge/verdict.ts';
import { type Lesson, nextLesson } from '../lesson-manifest.ts';
import type { Screen } from '../screen.ts';
import { filePairs, pairPicture, pairWords } from './beside-solution.ts';
import { exercisePage } from './exercise-page.ts';
import { hintsShown } from './hints.ts';
import { judgeLearner } from './judge-learner.ts';
import { ensureCopy } from './learner-copy.ts';
import { type LearnerFolders, shortPath, workFolder } from './learner-folders.ts';
import { type Progress, readProgress } from './progress-file.ts';
import { currentStep } from './record-verdict.ts';
import { todayFile } from './today-file.ts';
import { watchFiles } from './watch-files.ts';

export interface PlainOptions {
  readonly folders: LearnerFolders;
  readonly language: Language;
  readonly screen: Screen;
  readonly backend: () => Promise<Backend>;
  /** Of the backend, known before it is there. */
  readonly agent: AgentAddress;
  readonly step: string | undefined;
  /** Judge again at every save, until interrupted. */
  readonly watch: boolean;
  readonly interrupted: Promise<unknown>;
}

/** An exercise without a terminal: plain lines, one judgement, and the exit code, 0 if the step passed. */
export async function exercisePlainly(lesson: Lesson, options: PlainOptions): Promise<number> {
  const { folders, screen } = options;
  const { say } = screen;
  const { copied, folder } = await ensureCopy(folders, lesson);
  if (copied.length > 0) {
    const files = copied.join(', ');
    screen.line(say('exercise.copied', { files, folder: shortPath(folder) }));
  }
  const interruption = new AbortController();
  void options.interrupted.then(() => interruption.abort());
  if (!options.watch) return (await judgeOnce(lesson, options, interruption.signal)) ? 0 : 1;

  let current = new AbortController();
  let judged: Promise<unknown> = Promise.resolve();
  const judge = () => {
    current.abort();
    const mine = new AbortController();
    current = mine;
    judged = judged.then(() => judgeOnce(lesson, options, mine.signal));
  };
  judge();
  const watch = await watchFiles(folder, judge);
  await options.interrupted;
  current.abort();
  await watch.close();
  await judged;
  return 0;
}

async function judgeOnce(
  lesson: Lesson,
  options: PlainOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { folders, screen } = options;
  if (signal.aborted) return false;
  const onBroken = (broken: { file: string; movedTo: string; reason: string }) =>
    screen.error(screen.say('progress.broken', { ...broken }));
  const step =
    options.step ??
    // Of questions all are asked at once.
    (lesson.number === 0 ? lesson.exercise?.steps.at(-1)?.id : undefined) ??
    currentStep(lesson, await readProgress(folders.progressFile, onBroken));
  try {
    const coming = options.backend();
    const verdict = await judgeLearner(lesson, {
      folders,
      backend: { agent: options.agent, coming },
      step,
      signal,
      onBroken,
      onWaiting: (judge) => screen.error(screen.say('check.waiting', { ...judge })),
    });
    const progress = await readProgress(folders.progressFile, onBroken);
    await tell(lesson, verdict, progress, await coming, options);
    return verdict.passed;
  } catch (error) {
    if (error instanceof CheckInterrupted) screen.error(screen.say('check.interrupted'));
    else screen.error(errorText(error, `exercise:${lesson.number}`, screen.say));
    return false;
  }
}

/**
 * Shows a verdict as lines: the trace, the finding and its line of thought, or what passed and the finished program.
 * A mistake that is only shown is not `ofLearner`.
 */
export async function tell(
  lesson: Lesson,
  verdict: Verdict,
  progress: Progress,
  { query }: Pick<Backend, 'query'>,
  { folders, language, screen }: Pick<PlainOptions, 'folders' | 'language' | 'screen'>,
  ofLearner = true,
): Promise<void> {
  const { paint, line } = screen;
  const say: Say = speaker(language);
  const folder = workFolder(folders, lesson);
  const ids = verdict.traceIds.slice(0, 4);
  const traces = (await Promise.all(ids.map((id) => query.trace(id)))).filter(
    (trace) => trace !== undefined,
  );
  const width = screen.width();
  const open = (lesson.exercise?.steps ?? []).some(
    ({ id }) => progress.lessons[lesson.number]?.steps[id]?.passedAt === undefined,
  );
  if (verdict.passed && !open && ofLearner)
    for (const pair of await filePairs(lesson, folder)) {
      for (const each of pairPicture(pair, width, paint, pairWords(say))) line(each);
      line();
    }
  const { finding } = verdict;
  const view = {
    lesson,
    language,
    say,
    progress,
    step: verdict.steps.find(({ passed }) => !passed)?.id ?? verdict.step,
    folder: `${shortPath(folder)}/`,
    judging: false,
    verdict,
    traces,
    words: (each: Parameters<typeof findingWords>[0]) => findingWords(each, language),
    hintsShown: finding ? hintsShown(progress, lesson, finding) : 0,
    link: ids[0] && query.traceLink(ids[0]),
    notes: [],
    today: await todayFile(lesson),
    next: await nextLesson(lesson),
  };
  for (const each of exercisePage(view, { paint, width, rows: 1000, plain: true })) line(each);
  if (finding && ofLearner) {
    line();
    line(paint('dim', `  ${say('check.hint', { number: lesson.number })}`));
  }
}

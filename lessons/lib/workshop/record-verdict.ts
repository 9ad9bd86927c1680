import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { LearnerFolders } from './learner-folders.ts';
import {
  type BrokenProgress,
  changeProgress,
  type LessonProgress,
  lessonProgress,
  type Progress,
  withLesson,
} from './progress-file.ts';
import { writeVerdict } from './verdict-files.ts';

/**
 * Keeps what the judge said of a learner's own programs: the verdict for the lessons page, whoever serves it, and how
 * far the learner came. Gives the progress as it is now.
 */
export async function recordVerdict(
  folders: LearnerFolders,
  lesson: Lesson,
  verdict: Verdict,
  onBroken?: (broken: BrokenProgress) => void,
): Promise<Progress> {
  const progress = await changeProgress(
    folders.progressFile,
    (before) => withVerdict(before, lesson, verdict),
    onBroken,
  );
  await writeVerdict(folders.verdicts, lesson, verdict);
  return progress;
}

export function withVerdict(progress: Progress, lesson: Lesson, verdict: Verdict): Progress {
  return withLesson(progress, lesson.number, (known) => judged(known, lesson, verdict));
}

/** A learner who starts a lesson anew has passed none of its steps and seen none of its hints. */
export async function forgetSteps(
  { progressFile }: Pick<LearnerFolders, 'progressFile'>,
  { number }: Lesson,
): Promise<Progress> {
  return changeProgress(progressFile, (before) => {
    const { steps: _, hints: __, ...kept } = lessonProgress(before, number);
    return withLesson(before, number, () => ({ ...kept, steps: {} }));
  });
}

/** A step that passed once stays passed: a learner may break something while they try the next one. */
function judged(known: LessonProgress, lesson: Lesson, verdict: Verdict): LessonProgress {
  const steps = { ...known.steps };
  const [traceId] = verdict.traceIds;
  // The first step that failed is the one that the learner was at.
  const failedAt = verdict.steps.find(({ passed }) => !passed)?.id;
  for (const { id, passed } of verdict.steps) {
    const step = steps[id] ?? { attempts: 0, hintsUsed: 0 };
    if (step.passedAt !== undefined) continue;
    if (passed)
      steps[id] = {
        ...step,
        attempts: step.attempts + 1,
        passedAt: verdict.at,
        ...(traceId && { traceId }),
      };
    else if (id === failedAt) steps[id] = { ...step, attempts: step.attempts + 1 };
  }
  const all = stepIds(lesson, verdict).every((id) => steps[id]?.passedAt !== undefined);
  return { ...known, steps, ...(all && { passedAt: known.passedAt ?? verdict.at }) };
}

function stepIds({ exercise }: Lesson, { steps }: Verdict): string[] {
  return (exercise?.steps ?? steps).map(({ id }) => id);
}

/** The step that the learner is at: the first that is not passed, or the last. */
export function currentStep(lesson: Lesson, progress: Progress): string | undefined {
  const { steps } = lessonProgress(progress, lesson.number);
  const all = lesson.exercise?.steps ?? [];
  return (all.find(({ id }) => steps[id]?.passedAt === undefined) ?? all.at(-1))?.id;
}

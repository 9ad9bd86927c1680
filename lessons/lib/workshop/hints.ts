import type { Finding, Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { LearnerFolders } from './learner-folders.ts';
import { changeProgress, lessonProgress, type Progress, withLesson } from './progress-file.ts';
import { currentStep } from './record-verdict.ts';

/** Concept, then where, then almost the code. After them there is only the finished program. */
export const HINTS_PER_RULE = 3;

/** How many hints for a finding this learner has seen in a lesson. */
export function hintsShown(progress: Progress, lesson: Lesson, finding: Hinted): number {
  const shown = lessonProgress(progress, lesson.number).hints?.[hintKey(finding)] ?? 0;
  return Math.min(HINTS_PER_RULE, shown);
}

type Hinted = Pick<Finding, 'rule' | 'params'>;

/** Hints are counted for each rule, and for each question of lesson 0: of the next one nothing has been said yet. */
function hintKey({ rule, params: { question } }: Hinted): string {
  return question === undefined ? rule : `${rule}.${question}`;
}

/**
 * Shows one more hint for what fails now. Gives how many are shown; one more than there are means that the finished
 * program is to be shown. `undefined` if nothing fails.
 */
export async function takeHint(
  { progressFile }: Pick<LearnerFolders, 'progressFile'>,
  lesson: Lesson,
  { finding, steps, step }: Verdict,
): Promise<number | undefined> {
  if (!finding) return undefined;
  const failed = steps.find(({ passed }) => !passed)?.id ?? step;
  let shown = 0;
  await changeProgress(progressFile, (before) => {
    shown = hintsShown(before, lesson, finding) + 1;
    if (shown > HINTS_PER_RULE) return before;
    return withLesson(before, lesson.number, (known) => {
      // A step that passed once stays so, whatever was broken later: the learner is at another.
      const isPassed = known.steps[failed]?.passedAt !== undefined;
      const asked = (isPassed && currentStep(lesson, before)) || failed;
      const at = known.steps[asked] ?? { attempts: 0, hintsUsed: 0 };
      return {
        ...known,
        hints: { ...known.hints, [hintKey(finding)]: shown },
        steps: { ...known.steps, [asked]: { ...at, hintsUsed: at.hintsUsed + 1 } },
      };
    });
  });
  return shown;
}

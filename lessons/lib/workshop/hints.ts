import type { RuleId } from '../judge/rule-ids.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { LearnerFolders } from './learner-folders.ts';
import { changeProgress, lessonProgress, type Progress, withLesson } from './progress-file.ts';

/** Concept, then where, then almost the code. After them there is only the finished program. */
export const HINTS_PER_RULE = 3;

/** How many hints of a rule this learner has seen in a lesson. */
export function hintsShown(progress: Progress, lesson: Lesson, rule: RuleId): number {
  const shown = lessonProgress(progress, lesson.number).hints?.[rule] ?? 0;
  return Math.min(HINTS_PER_RULE, shown);
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
  const { rule } = finding;
  const failed = steps.find(({ passed }) => !passed)?.id ?? step;
  let shown = 0;
  await changeProgress(progressFile, (before) => {
    shown = hintsShown(before, lesson, rule) + 1;
    if (shown > HINTS_PER_RULE) return before;
    return withLesson(before, lesson.number, (known) => {
      const at = known.steps[failed] ?? { attempts: 0, hintsUsed: 0 };
      return {
        ...known,
        hints: { ...known.hints, [rule]: shown },
        steps: { ...known.steps, [failed]: { ...at, hintsUsed: at.hintsUsed + 1 } },
      };
    });
  });
  return shown;
}

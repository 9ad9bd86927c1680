import type { StepFinding } from '../lib/judge/lesson-check.ts';

/**
 * The warnings that a learner can do something about who is asked for `step` and has `findings` to mend: what belongs to a
 * later step may not have been begun.
 */
export function dueWarnings(
  warnings: readonly StepFinding[],
  findings: readonly StepFinding[],
  step: string,
): StepFinding[] {
  const steps = [step, ...findings.map((each) => each.step)].toSorted();
  return warnings.filter((warning) => warning.step <= (steps[0] ?? ''));
}

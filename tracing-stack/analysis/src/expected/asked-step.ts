import type { ExpectedSpan } from './expected-trace.ts';

/** Whether a span, or with `key` a tag on it, is asked for only after `step`; `step` is none if all steps count. */
export function isAskedLater(
  wanted: Pick<ExpectedSpan, 'step' | 'tagSteps'>,
  step: string | undefined,
  key?: string,
): boolean {
  const asked = (key === undefined ? undefined : wanted.tagSteps?.[key]) ?? wanted.step;
  return step !== undefined && asked !== undefined && asked > step;
}

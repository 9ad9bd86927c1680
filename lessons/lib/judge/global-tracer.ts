import type { TapEvent } from '../harness/tap-event.ts';
import type { Run } from './run.ts';

/** Whether initGlobalTracer was called after a span had been asked of the tracer that does nothing. */
export function isSetLater({ tap }: Run, missed: TapEvent): boolean {
  return tap.some(({ type, at }) => type === 'global-set' && at >= missed.at);
}

import { isTapped, type TapEvent } from '../harness/tap-event.ts';
import type { Run } from '../judge/run.ts';

/**
 * Whether a service that starts spans otherwise started none while it served a caller without a trace. `tap` is that of
 * this time. Of a client that the tap does not know there is nothing to say.
 */
export function startedNone(run: Run, tap: readonly TapEvent[]): boolean {
  const starts = (events: readonly TapEvent[]) => events.some((event) => isTapped(event, 'start'));
  return starts(run.tap) && !starts(tap);
}

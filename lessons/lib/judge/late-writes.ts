import { isTapped } from '../harness/tap-event.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

/** A tag or a log that is missing since it was written when the span had been finished is said to be that. */
export function withLateWrites<F extends Finding>(
  findings: readonly F[],
  runs: readonly Run[],
): F[] {
  const late = runs.flatMap(({ tap }) => tap.filter((event) => isTapped(event, 'write-late')));
  return findings.map((finding) => {
    const { rule, params, span } = finding;
    if ((rule !== 'A-TAG' && rule !== 'A-LOG') || span === undefined) return finding;
    const keys = rule === 'A-TAG' ? [String(params['key'])] : keysOf(String(params['expected']));
    const isLate = late.some(
      ({ spanId, keys: written }) =>
        spanId === span.spanId && keys.some((key) => written.includes(key)),
    );
    return isLate ? { ...finding, variant: 'TOO-LATE' } : finding;
  });
}

/** Of `event=service1-call, request=callService1`. */
function keysOf(fields: string): string[] {
  return fields.split(', ').map((field) => field.split('=', 1)[0] as string);
}

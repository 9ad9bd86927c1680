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
    const { rule, span } = finding;
    if (!/^A-(TAG|KIND|LOG)$/.test(rule) || span === undefined) return finding;
    const keys = keysOf(finding);
    const isLate = late.some(
      ({ spanId, keys: written }) =>
        spanId === span.spanId && keys.some((key) => written.includes(key)),
    );
    return isLate ? { ...finding, variant: 'TOO-LATE' } : finding;
  });
}

/** What a missing tag or log should hold: of `event=service1-call, request=callService1` both. */
export function keysOf({ rule, params }: Finding): string[] {
  if (rule !== 'A-LOG') return [rule === 'A-KIND' ? 'span.kind' : String(params['key'])];
  const fields = String(params['expected']).split(', ');
  return fields.map((field) => field.split('=', 1)[0] as string);
}

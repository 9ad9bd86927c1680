import { isTapped, type Tapped } from '../harness/tap-event.ts';
import { keysOf } from './late-writes.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

/** A tag or a log that is missing since it was given to the wrong place, or in the wrong shape, is said to be that. */
export function withMiswritten<F extends Finding>(
  findings: readonly F[],
  runs: readonly Run[],
): F[] {
  const tap = runs.flatMap((run) => run.tap);
  const starts = tap.filter((event) => isTapped(event, 'start'));
  const written = tap.filter((event) => isTapped(event, 'miswritten'));
  return findings.map((finding) => {
    const { rule, span } = finding;
    if (rule === 'A-NAME')
      return finding.params['actual'] === String({}) ? { ...finding, variant: 'OBJECT' } : finding;
    if (!/^A-(TAG|KIND|LOG)$/.test(rule) || span === undefined) return finding;
    const start = starts.find(({ spanId }) => spanId === span.spanId);
    const own = written.filter(({ spanId }) => spanId === span.spanId);
    const variant = reason(finding, start, own);
    return variant === undefined ? finding : { ...finding, variant };
  });
}

function reason(
  finding: Finding,
  start: Tapped<'start'> | undefined,
  written: readonly Tapped<'miswritten'>[],
): string | undefined {
  const keys = keysOf(finding);
  const has = (all: readonly string[] = []) => keys.some((key) => all.includes(key));
  if (finding.rule === 'A-LOG')
    return written.some((event) => event.by === 'log' && has(event.keys)) ? 'TEXT' : undefined;
  if (written.some((event) => event.by === 'setTag' && has(event.keys))) return 'OBJECT';
  if (has(start?.stray)) return 'OPTIONS';
  if (finding.rule === 'A-TAG' && finding.variant === 'MISSING' && start?.isCallersTags)
    return 'OVERRULED';
  return finding.rule === 'A-KIND' && start?.isKindLost ? 'REPLACED' : undefined;
}

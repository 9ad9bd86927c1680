import { isTapped, type TapEvent, type Tapped } from '../harness/tap-event.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

/** One of several spans of a name that hangs under the wrong one is told how it came there, as far as that was seen. */
export function withParentReasons<F extends Finding>(
  findings: readonly F[],
  runs: readonly Run[],
): F[] {
  return findings.map((finding) => {
    const { rule, variant, span } = finding;
    if (!/^(L2-CTX|T-PARENT)$/.test(rule) || variant !== 'WHICH' || span === undefined)
      return finding;
    const why = runs.map(({ tap }) => reason(tap, span.spanId, finding)).find(Boolean);
    return why === undefined ? finding : { ...finding, variant: why };
  });
}

function reason(
  tap: readonly TapEvent[],
  spanId: string,
  { rule, params: { expected } }: Finding,
): string | undefined {
  const starts = tap.filter((event) => isTapped(event, 'start'));
  const start = starts.find((event) => event.spanId === spanId);
  if (!start) return undefined;
  if (rule === 'L2-CTX') {
    if (start.parentFrom === 'active') return 'ACTIVE';
    return start.parentFrom === 'own' ? 'CHILD-OF' : undefined;
  }
  const isOver = (other: Tapped<'start'> | undefined) =>
    tap.some(
      (event) => isTapped(event, 'finish') && event.spanId === other?.spanId && event.at < start.at,
    );
  const wanted = starts.filter(({ operationName }) => operationName === expected);
  if (wanted.length > 0 && wanted.every(isOver)) return 'AFTER';
  return isOver(starts.find((event) => event.spanId === start.parentId)) ? 'LEFT-OVER' : undefined;
}

import { type Given, isTapped } from '../harness/tap-event.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

/** A trace that was split since its span was given something else than its parent is said to be that. */
export function withSplitReasons<F extends Finding>(
  findings: readonly F[],
  runs: readonly Run[],
): F[] {
  return findings.map((finding) => {
    const { rule, span, params } = finding;
    if (rule !== 'T-SPLIT' || span === undefined) return finding;
    const variant = runs
      .map((run) => reason(run, span.spanId, String(params['expected'])))
      .find((each) => each !== undefined);
    return variant === undefined ? finding : { ...finding, variant };
  });
}

const CHILD_OF: Readonly<Record<Given | 'options', string | undefined>> = {
  options: 'AS-OPTIONS',
  nothing: 'CHILD-OF-NOTHING',
  context: 'CHILD-OF-CONTEXT',
  list: 'CHILD-OF-OTHER',
  text: 'CHILD-OF-OTHER',
  other: 'CHILD-OF-OTHER',
  span: undefined,
};

/** Why the span `spanId` did not get its parent, which is called `parent`. */
function reason({ tap }: Run, spanId: string, parent: string): string | undefined {
  const starts = tap.filter((event) => isTapped(event, 'start'));
  const start = starts.find((event) => event.spanId === spanId);
  if (start?.parentFrom === 'nothing-active') return 'NOTHING-ACTIVE';
  const childOf = start?.childOf;
  if (childOf !== undefined) return CHILD_OF[childOf];
  const empty = tap
    .filter((event) => isTapped(event, 'context-empty'))
    .find((event) => event.spanId === spanId);
  if (!empty) return undefined;
  if (empty.given === 'span') return 'FROM-SPAN';
  if (empty.given === 'list') return 'FROM-LIST';
  if (empty.given === 'text') return 'FROM-EXCHANGED';
  const made = tap.filter((event) => isTapped(event, 'context-made'));
  if (made.some((event) => event.spanId === undefined)) return 'CONTEXT-WITHOUT-SPAN';
  const isUnused = starts.some(
    (event) =>
      event.operationName === parent &&
      made.some((each) => each.spanId === event.spanId) &&
      !starts.some(({ parentId }) => parentId === event.spanId),
  );
  if (isUnused) return 'CONTEXT-UNUSED';
  if (empty.given === 'nothing') return 'FROM-NOTHING';
  return empty.given === 'context' ? 'FROM-EMPTY' : undefined;
}

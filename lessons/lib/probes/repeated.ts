import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import type { Caller } from './caller.ts';
import { sameId } from './joined.ts';

/** How many spans answer the one call that `caller` made: those called `name`, of the kind of which there are most. */
export function answers(
  { traceId, spanId }: Caller,
  traces: readonly ObservedTrace[],
  name: string,
): number {
  const trace = traces.find((each) => sameId(each.traceId, traceId));
  return mostAlike(trace?.spans.filter(({ parentId }) => sameId(parentId, spanId)) ?? [], name);
}

/** How many spans are called `name` and say that they are of one kind: a wrapper around a call is of another. */
export function mostAlike(spans: readonly ObservedSpan[], name: string): number {
  const counts = new Map<unknown, number>();
  for (const { operationName, tags } of spans) {
    const kind = tags['span.kind'];
    if (operationName === name) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

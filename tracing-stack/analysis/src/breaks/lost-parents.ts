import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { parentsOf } from '../tree/parents.ts';
import { endTime } from '../tree/trace-span.ts';
import { isSameProcess } from './same-process.ts';
import { isTaking } from './span-kind.ts';

/** A span that others name as their parent, and that is not in the trace. */
export interface LostParent {
  readonly parentId: string;
  /** In order of start; at least one. */
  readonly children: readonly ObservedSpan[];
  /**
   * Where the lost span was started. `caller`: in the process that called, because a child is the span with which a
   * called process begins. `own`: in the children's own process. `unknown`: the children are of several processes.
   */
  readonly from: 'caller' | 'own' | 'unknown';
  /** It was the root: Jaeger's tracers give the root the last 64 bits of the trace's id. */
  readonly isRoot: boolean;
  /**
   * Spans of the same process that ended after the last of the children, and so were sent later: the process had not
   * died. 0 unless `from` is `own`.
   */
  readonly laterSpans: number;
}

/** The lost parents of a trace, in order of their first child's start. */
export function lostParents({ traceId, spans }: ObservedTrace): LostParent[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const { byStart, orphan } = parentsOf(spans);
  const byParent = new Map<string, ObservedSpan[]>();
  for (const at of byStart) {
    const span = spans[at] as ObservedSpan;
    const { parentId } = span;
    if (orphan[at] === 0 || parentId === undefined || known.has(parentId)) continue;
    const others = byParent.get(parentId);
    if (others) others.push(span);
    else byParent.set(parentId, [span]);
  }
  return [...byParent].map(([parentId, children]) => {
    const from = originOf(children);
    return {
      parentId,
      children,
      from,
      isRoot: parentId === traceId.slice(-16).padStart(16, '0'),
      laterSpans: from === 'own' ? laterSpans(spans, children) : 0,
    };
  });
}

/** Spans that stand above each other in a circle, of each circle the one that starts first. */
export function parentCircles({ spans }: ObservedTrace): ObservedSpan[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const { orphan } = parentsOf(spans);
  return spans.filter(({ parentId }, at) => orphan[at] === 1 && known.has(parentId ?? ''));
}

function originOf(children: readonly ObservedSpan[]): LostParent['from'] {
  if (children.some(isTaking)) return 'caller';
  const [first, ...others] = children as [ObservedSpan, ...ObservedSpan[]];
  return others.every((child) => isSameProcess(child, first)) ? 'own' : 'unknown';
}

function laterSpans(spans: readonly ObservedSpan[], children: readonly ObservedSpan[]): number {
  const [first] = children as [ObservedSpan];
  const end = Math.max(...children.map(endTime));
  return spans.filter((span) => isSameProcess(span, first) && endTime(span) > end).length;
}

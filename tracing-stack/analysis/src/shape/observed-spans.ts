import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';

/** A span, and the trace that it is in. */
export interface SeenSpan {
  readonly span: ObservedSpan;
  readonly trace: ObservedTrace;
}

/** All spans of some traces, with the way from each to its ancestors. */
export class ObservedSpans {
  readonly all: readonly SeenSpan[];
  private readonly parents = new Map<ObservedSpan, SeenSpan>();
  private readonly childrenOf = new Map<ObservedSpan, SeenSpan[]>();

  constructor(traces: readonly ObservedTrace[]) {
    this.all = traces.flatMap((trace) => trace.spans.map((span) => ({ span, trace })));
    const byId = new Map<string, SeenSpan>();
    for (const seen of this.all) {
      const id = `${seen.trace.traceId} ${seen.span.spanId}`;
      if (!byId.has(id)) byId.set(id, seen);
    }
    for (const seen of this.all) {
      const parent = byId.get(`${seen.trace.traceId} ${seen.span.parentId}`);
      if (!parent || parent.span === seen.span) continue;
      this.parents.set(seen.span, parent);
      const children = this.childrenOf.get(parent.span);
      if (children) children.push(seen);
      else this.childrenOf.set(parent.span, [seen]);
    }
  }

  parent(span: ObservedSpan): SeenSpan | undefined {
    return this.parents.get(span);
  }

  children(span: ObservedSpan): readonly SeenSpan[] {
    return this.childrenOf.get(span) ?? [];
  }

  /** From the parent upwards; ends where a parent is missing, or where parents go round in a circle. */
  *ancestors(span: ObservedSpan): Generator<SeenSpan> {
    const passed = new Set<ObservedSpan>([span]);
    for (let above = this.parent(span); above; above = this.parent(above.span)) {
      if (passed.has(above.span)) return;
      passed.add(above.span);
      yield above;
    }
  }

  /** The last of the ancestors, or the span itself. */
  top(span: ObservedSpan): ObservedSpan {
    let top = span;
    for (const above of this.ancestors(span)) top = above.span;
    return top;
  }

  /** Whether its uppermost ancestor names a parent that is not there. */
  hangsOnNothing(span: ObservedSpan): boolean {
    return !/^0*$/.test(this.top(span).parentId ?? '');
  }
}

/** Whether the first span took place while the second ran. */
export function isWithin(inner: ObservedSpan, outer: ObservedSpan): boolean {
  return inner.startTime >= outer.startTime && endTime(inner) <= endTime(outer);
}

export function overlap(a: ObservedSpan, b: ObservedSpan): boolean {
  return a.startTime <= endTime(b) && b.startTime <= endTime(a);
}

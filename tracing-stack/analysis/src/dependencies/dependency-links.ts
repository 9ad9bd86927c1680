import { parentSpanId, type Span, type Trace } from '@spoor/model';
import { adjust } from '../adjusters/adjuster.ts';
import { deduplicate } from '../adjusters/deduplicate.ts';
import { separateSharedSpanIds } from '../adjusters/shared-span-ids.ts';

/** A service that called another one, and how often. */
export interface DependencyLink {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
}

/**
 * Counts the calls between services, a trace at a time: each span whose parent is a span of another service is one call.
 * A span that came twice counts once.
 */
export class DependencyLinks {
  private readonly counts = new Map<string, Map<string, number>>();

  add(trace: Trace): void {
    const { spans } = adjust(trace, [deduplicate, separateSharedSpanIds]);
    const byId = new Map<string, Span>();
    for (const span of spans) if (!byId.has(span.spanId)) byId.set(span.spanId, span);
    for (const span of spans) {
      const parent = byId.get(parentSpanId(span) ?? '')?.process.serviceName;
      const child = span.process.serviceName;
      if (parent !== undefined && parent !== child) this.count(parent, child);
    }
  }

  all(): DependencyLink[] {
    return [...this.counts].flatMap(([parent, children]) =>
      [...children].map(([child, callCount]) => ({ parent, child, callCount })),
    );
  }

  private count(parent: string, child: string): void {
    let children = this.counts.get(parent);
    if (children === undefined) {
      children = new Map();
      this.counts.set(parent, children);
    }
    children.set(child, (children.get(child) ?? 0) + 1);
  }
}

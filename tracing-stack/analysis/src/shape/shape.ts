import type { ExpectedSpan, ExpectedTrace } from '../expected/expected-trace.ts';
import type { ObservedSpan } from '../jaeger-json/observed-trace.ts';
import type { Matches } from './match-spans.ts';
import type { ObservedSpans, SeenSpan } from './observed-spans.ts';
import type { ShapeFinding } from './shape-finding.ts';

/** An expected span, and the learner's that was found for it. */
export interface Pair extends SeenSpan {
  readonly wanted: ExpectedSpan;
}

/** What the rules read: the expectation, the spans that were found for it, and how they hang together. */
export class Shape {
  readonly expected: ExpectedTrace;
  readonly seen: ObservedSpans;
  /** In the order of the expected spans: parents before their children. */
  readonly pairs: readonly Pair[];
  private readonly byId: ReadonlyMap<string, Pair>;
  private readonly bySpan: ReadonlyMap<ObservedSpan, Pair>;

  constructor(expected: ExpectedTrace, seen: ObservedSpans, matches: Matches) {
    this.expected = expected;
    this.seen = seen;
    this.pairs = expected.spans.flatMap((wanted) => {
      const found = matches.get(wanted.id);
      return found ? [{ wanted, ...found }] : [];
    });
    this.byId = new Map(this.pairs.map((pair) => [pair.wanted.id, pair]));
    this.bySpan = new Map(this.pairs.map((pair) => [pair.span, pair]));
  }

  pair(id: string | null): Pair | undefined {
    return id === null ? undefined : this.byId.get(id);
  }

  pairOf(span: ObservedSpan): Pair | undefined {
    return this.bySpan.get(span);
  }

  wanted(id: string | null): ExpectedSpan | undefined {
    return this.expected.spans.find((span) => span.id === id);
  }

  /** The nearest ancestor that was expected; spans of the learner's own may stand between. */
  above(pair: Pair): Pair | undefined {
    for (const { span } of this.seen.ancestors(pair.span)) {
      const above = this.bySpan.get(span);
      if (above) return above;
    }
    return undefined;
  }
}

/** One rule, or a family of rules that must know of each other. */
export type ShapeRuleCheck = (shape: Shape) => ShapeFinding[];

/** Points at a pair's span. */
export function at({ wanted, span, trace }: Pair): Pick<ShapeFinding, 'span' | 'expected'> {
  return { span: { traceId: trace.traceId, spanId: span.spanId }, expected: wanted.id };
}

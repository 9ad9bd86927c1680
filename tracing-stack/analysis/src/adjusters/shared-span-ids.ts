import {
  parentSpanId,
  type Reference,
  type Span,
  type SpanId,
  spanKind,
  type Trace,
} from '@spoor/model';
import type { Adjuster } from './adjuster.ts';

/**
 * Gives the server's half of a span that client and server share, as Zipkin's clients do, an id of its own: the least
 * number that no span of the trace has. The client's half becomes its parent, and what hung on the shared id hangs on
 * the server's half. Jaeger also hangs all but the last of several servers on the last one; they stay with the client
 * here.
 */
export const separateSharedSpanIds: Adjuster = (trace) => {
  const shared = sharedIds(trace.spans);
  if (shared.size === 0) return trace;
  const unused = unusedIds(trace.spans);
  /** The new id of the server's half by the old one; of several servers the last. */
  const servers = new Map<SpanId, SpanId>();
  const separated = trace.spans.map((span) => {
    if (!shared.has(span.spanId) || spanKind(span) !== 'server') return span;
    const spanId = unused.next().value;
    servers.set(span.spanId, spanId);
    return { ...withParent(span, span.spanId), spanId };
  });
  if (servers.size === 0) return trace;
  const spans = separated.map((span, i) => {
    if (span !== trace.spans[i]) return span;
    const server = servers.get(parentSpanId(span) ?? '');
    return server === undefined ? span : withParent(span, server);
  });
  return { ...trace, spans } satisfies Trace;
};

/** Ids that a client's span and another one have. */
function sharedIds(spans: readonly Span[]): Set<SpanId> {
  const seen = new Set<SpanId>();
  const repeated = new Set<SpanId>();
  for (const { spanId } of spans) {
    if (seen.has(spanId)) repeated.add(spanId);
    seen.add(spanId);
  }
  if (repeated.size === 0) return repeated;
  const clients = spans.filter((span) => repeated.has(span.spanId) && spanKind(span) === 'client');
  return new Set(clients.map(({ spanId }) => spanId));
}

function* unusedIds(spans: readonly Span[]): Generator<SpanId, never> {
  const used = new Set(spans.map(({ spanId }) => spanId));
  for (let number = 1; ; number++) {
    const id = number.toString(16).padStart(16, '0');
    if (!used.has(id)) yield id;
  }
}

/** The span with another parent: in the reference that made the old one, else in a first one of its own. */
function withParent(span: Span, parentId: SpanId): Span {
  const old = parentSpanId(span);
  const at = span.references.findIndex(
    ({ traceId, spanId }) => traceId === span.traceId && spanId === old,
  );
  const reference: Reference = {
    ...(span.references[at] ?? { refType: 'CHILD_OF', traceId: span.traceId }),
    spanId: parentId,
  };
  const references =
    at === -1 ? [reference, ...span.references] : span.references.with(at, reference);
  return { ...span, references };
}

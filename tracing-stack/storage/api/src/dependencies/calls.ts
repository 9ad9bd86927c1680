import type { Micros, SpanId } from '@spoor/model';
import type { CallSpan } from './call-span.ts';

/** A service that called another. */
export interface Call {
  readonly parent: string;
  readonly child: string;
  /** The start of the called span. */
  readonly startTime: Micros;
}

/** A span that was called, and the service that called it. */
export interface CalledSpan<S extends CallSpan> {
  readonly parent: string;
  readonly span: S;
}

const CALLING = new Set(['client', 'producer']);
const CALLED = new Set(['server', 'consumer']);

/**
 * The calls in a trace, as Jaeger's job of spark-dependencies counts them:
 *
 * - A span is called by the service of each span of its trace that it refers to, by CHILD_OF or FOLLOWS_FROM.
 * - Where a client's and a server's span share an id, as Zipkin's clients have it, the client's service called the
 *   server's. The client's half alone was called by what both refer to, and what refers to their id was called by the
 *   server's half.
 * - A service that calls itself makes no call, and a span that came twice makes one.
 *
 * Not as there, no call is made up of the tag `peer.service`.
 */
export function callsIn(spans: readonly CallSpan[]): Call[] {
  return calledSpans(spans).map(({ parent, span: { serviceName, startTime } }) => ({
    parent,
    child: serviceName,
    startTime,
  }));
}

/** The same calls, with the spans that were called. */
export function calledSpans<S extends CallSpan>(spans: readonly S[]): CalledSpan<S>[] {
  const byId = spansById(spans);
  const calls: CalledSpan<S>[] = [];
  const add = (parent: CallSpan | undefined, span: S) => {
    if (parent === undefined || parent.serviceName === span.serviceName) return;
    calls.push({ parent: parent.serviceName, span });
  };
  for (const alike of byId.values()) {
    const client = alike.find(isCalling);
    for (const span of alike) {
      if (client && isCalled(span)) add(client, span);
      else for (const id of new Set(span.parentIds)) add(parentWith(byId.get(id)), span);
    }
  }
  return calls;
}

/** Whether a span refers to one that is not there. */
export function lacksParent(spans: readonly CallSpan[]): boolean {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.some(({ parentIds }) => parentIds.some((id) => !ids.has(id)));
}

/** Each span once, by its id, which several may share. */
function spansById<S extends CallSpan>(spans: readonly S[]): Map<SpanId, S[]> {
  const byId = new Map<SpanId, S[]>();
  for (const span of spans) {
    const alike = byId.get(span.spanId);
    if (alike === undefined) byId.set(span.spanId, [span]);
    else if (!alike.some((other) => isSame(other, span))) alike.push(span);
  }
  return byId;
}

function isSame(one: CallSpan, other: CallSpan): boolean {
  return (
    one.startTime === other.startTime &&
    one.serviceName === other.serviceName &&
    one.spanKind === other.spanKind
  );
}

function parentWith(alike: readonly CallSpan[] | undefined): CallSpan | undefined {
  return alike?.find(isCalled) ?? alike?.[0];
}

function isCalling({ spanKind }: CallSpan): boolean {
  return CALLING.has(spanKind);
}

function isCalled({ spanKind }: CallSpan): boolean {
  return CALLED.has(spanKind);
}

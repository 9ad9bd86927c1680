import {
  FLAG_DEBUG,
  type KeyValue,
  type Log,
  type Micros,
  type Process,
  type Span,
} from '@spoor/model';
import { v1LogFields } from './v1-log-fields.ts';
import { PROCESS_TAGS, v1Process } from './v1-process.ts';
import {
  CLIENT_RECEIVE,
  CLIENT_SEND,
  SERVER_RECEIVE,
  SERVER_SEND,
  type V1Span,
} from './v1-span.ts';
import { v1Tags } from './v1-tags.ts';

/** Which part a span played in a call, by the annotations that say so. */
const KINDS: ReadonlyMap<string, 'client' | 'server'> = new Map([
  [CLIENT_SEND, 'client'],
  [CLIENT_RECEIVE, 'client'],
  [SERVER_SEND, 'server'],
  [SERVER_RECEIVE, 'server'],
]);

/**
 * The spans as Jaeger's agent translates Zipkin's: one that holds both sides of a call becomes two. Jaeger's gives up a
 * whole batch if one span in it names no service; here that span gets a name that says so.
 */
export function v1JaegerSpans(spans: readonly V1Span[]): Span[] {
  const processes = new Map<string, Process>();
  return spans.flatMap((span) => {
    const process = v1Process(span, (value) => KINDS.has(value));
    // One object for equal processes: the batch is written with each once.
    const key = JSON.stringify(process, (_, value: unknown) =>
      typeof value === 'bigint' || typeof value === 'number' ? `${value}` : value,
    );
    const known = processes.get(key) ?? process;
    processes.set(key, known);
    return jaegerSpans(span, known);
  });
}

function jaegerSpans(span: V1Span, process: Process): Span[] {
  const { traceId, spanId, parentId } = span;
  const kind = kindOf(span);
  const tags = v1Tags(span.binaryAnnotations.filter(({ key }) => !PROCESS_TAGS.has(key)));
  if (kind !== undefined) tags.push(kindTag(kind));
  const own: Span = {
    traceId,
    spanId,
    operationName: span.name,
    references: parentId === undefined ? [] : [{ refType: 'CHILD_OF', traceId, spanId: parentId }],
    flags: span.debug ? FLAG_DEBUG : 0,
    ...timesOf(span),
    tags,
    logs: logsOf(span),
    process,
    warnings: [],
  };
  const isBothSides =
    timeOf(span, CLIENT_SEND) !== undefined && timeOf(span, SERVER_RECEIVE) !== undefined;
  return isBothSides ? [own, otherSide(own, span)] : [own];
}

function kindOf({ annotations }: V1Span): 'client' | 'server' | undefined {
  const core = annotations.find(({ value }) => KINDS.has(value));
  return core && KINDS.get(core.value);
}

function kindTag(value: string): KeyValue {
  return { key: 'span.kind', type: 'string', value };
}

interface Times {
  readonly startTime: Micros;
  readonly duration: Micros;
}

/** What the span says, else what its annotations do. */
function timesOf(span: V1Span): Times {
  const { timestamp = 0, duration = 0 } = span;
  if (timestamp !== 0) return { startTime: timestamp, duration };
  const isClient = timeOf(span, CLIENT_SEND) !== undefined;
  const said = isClient
    ? between(span, CLIENT_SEND, CLIENT_RECEIVE)
    : between(span, SERVER_RECEIVE, SERVER_SEND);
  return { startTime: said.startTime, duration: duration || said.duration };
}

function between(span: V1Span, from: string, to: string): Times {
  const startTime = timeOf(span, from) ?? 0;
  return { startTime, duration: (timeOf(span, to) ?? startTime) - startTime };
}

function timeOf({ annotations }: V1Span, value: string): Micros | undefined {
  return annotations.find((annotation) => annotation.value === value)?.timestamp;
}

/** The side of the call that `own` is not: its own is the one that the span names first. */
function otherSide(own: Span, span: V1Span): Span {
  const isServer = kindOf(span) === 'client';
  return {
    ...own,
    ...(isServer
      ? between(span, SERVER_RECEIVE, SERVER_SEND)
      : between(span, CLIENT_SEND, CLIENT_RECEIVE)),
    tags: [kindTag(isServer ? 'server' : 'client')],
    logs: [],
  };
}

function logsOf({ annotations }: V1Span): Log[] {
  return annotations
    .filter(({ value }) => value !== '' && !KINDS.has(value))
    .map(({ timestamp, value }) => ({ timestamp, fields: v1LogFields(value) }));
}

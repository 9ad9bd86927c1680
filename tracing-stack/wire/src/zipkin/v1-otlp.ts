import { type Micros, ZERO_SPAN_ID } from '@spoor/model';
import {
  type AnyValue,
  type OtlpEvent,
  type OtlpResourceSpans,
  type OtlpSpan,
  SpanKind,
} from '../otlp/otlp-trace.ts';
import {
  ADDRESSES,
  CLIENT_RECEIVE,
  CLIENT_SEND,
  LOCAL_COMPONENT,
  MESSAGE_RECEIVE,
  MESSAGE_SEND,
  SERVER_RECEIVE,
  SERVER_SEND,
  type V1BinaryAnnotation,
  type V1Endpoint,
  type V1Span,
  type V1Value,
} from './v1-span.ts';
import { v1Status } from './v1-status.ts';
import { v1ValueText } from './v1-tags.ts';

/** The process of spans whose annotations name no service. */
const UNKNOWN_SERVICE_NAME = 'unknown-service';

const KINDS: ReadonlyMap<string, number> = new Map([
  [CLIENT_SEND, SpanKind.CLIENT],
  [CLIENT_RECEIVE, SpanKind.CLIENT],
  [SERVER_SEND, SpanKind.SERVER],
  [SERVER_RECEIVE, SpanKind.SERVER],
  [MESSAGE_SEND, SpanKind.PRODUCER],
  [MESSAGE_RECEIVE, SpanKind.CONSUMER],
]);

/** The spans as Jaeger's collector translates Zipkin's: by way of OpenTelemetry's. One resource for each endpoint. */
export function v1OtlpTraces(spans: readonly V1Span[]): OtlpResourceSpans[] {
  const resources = new Map<string, { endpoint: V1Endpoint; spans: OtlpSpan[] }>();
  for (const span of spans) {
    const endpoint = ownEndpoint(span);
    const { serviceName, ipv4, ipv6, port } = endpoint;
    const key = JSON.stringify([serviceName, ipv4, ipv6, port]);
    const resource = resources.get(key) ?? { endpoint, spans: [] };
    resources.set(key, resource);
    resource.spans.push(otlpSpan(span));
  }
  return Array.from(resources.values(), ({ endpoint, spans: own }) => ({
    attributes: Object.entries({
      'service.name': endpoint.serviceName,
      ...(endpoint.ipv4 && { ipv4: endpoint.ipv4 }),
      ...(endpoint.ipv6 && { ipv6: endpoint.ipv6 }),
      ...(endpoint.port && { port: String(endpoint.port) }),
    }).map(([key, value]) => ({ key, value })),
    scopes: [{ name: '', version: '', spans: own }],
  }));
}

/** The endpoint that an annotation of a call names; else a name alone, from a binary annotation. */
function ownEndpoint({ annotations, binaryAnnotations }: V1Span): V1Endpoint {
  const core = annotations.find(({ value, host }) => KINDS.has(value) && host?.serviceName)?.host;
  return core ?? { serviceName: fallbackName(binaryAnnotations), ipv4: '', ipv6: '', port: 0 };
}

function fallbackName(binaryAnnotations: readonly V1BinaryAnnotation[]): string {
  const named = (own: readonly V1BinaryAnnotation[]) =>
    own.findLast(({ host }) => host?.serviceName)?.host?.serviceName;
  const component = binaryAnnotations.findLast(({ key }) => key === LOCAL_COMPONENT)?.value;
  return (
    // An address is the other end's, and a last resort.
    named(binaryAnnotations.filter(({ key }) => !ADDRESSES.has(key))) ??
    named(binaryAnnotations) ??
    ((component === undefined ? '' : v1ValueText(component)) || UNKNOWN_SERVICE_NAME)
  );
}

function otlpSpan(span: V1Span): OtlpSpan {
  const { traceId, spanId, parentId = ZERO_SPAN_ID, name, annotations } = span;
  const core = annotations.find(({ value }) => KINDS.has(value));
  const { status, rest } = v1Status(attributesOf(span.binaryAnnotations));
  return {
    traceId,
    spanId,
    parentSpanId: parentId,
    traceState: '',
    name,
    kind: KINDS.get(core?.value ?? '') ?? SpanKind.UNSPECIFIED,
    ...timesOf(span),
    attributes: rest.map(([key, value]) => ({ key, value })),
    events: eventsOf(span),
    links: [],
    statusCode: status.code,
    statusMessage: status.message,
  };
}

/** The last of a key counts. */
function attributesOf(binaryAnnotations: readonly V1BinaryAnnotation[]): [string, AnyValue][] {
  const attributes = new Map<string, AnyValue>();
  for (const { key, value } of binaryAnnotations) {
    attributes.set(key === LOCAL_COMPONENT ? 'component' : key, attributeValue(value));
  }
  return [...attributes];
}

function attributeValue(value: V1Value): AnyValue {
  if (typeof value !== 'object') return value;
  return value instanceof Uint8Array
    ? Buffer.from(value).toString('base64')
    : `<${value.unreadable}>`;
}

/** What the span says, else from its first annotation to its last. */
function timesOf({ timestamp, duration = 0, annotations }: V1Span) {
  if (timestamp !== undefined && timestamp !== 0)
    return { startTime: nanos(timestamp), endTime: nanos(timestamp + duration) };
  const times = annotations.filter(({ value }) => value !== '').map((one) => one.timestamp);
  if (times.length === 0) return { startTime: 0n, endTime: nanos(duration) };
  const first = times.reduce((earliest, time) => Math.min(earliest, time));
  const last = times.reduce((latest, time) => Math.max(latest, time));
  return { startTime: nanos(first), endTime: nanos(last) };
}

function eventsOf({ annotations }: V1Span): OtlpEvent[] {
  return annotations
    .filter(({ value }) => value !== '' && !KINDS.has(value))
    .map(({ timestamp, value }) => ({ time: nanos(timestamp), name: value, attributes: [] }));
}

/** Zipkin knows no time before 1970. */
function nanos(time: Micros): bigint {
  return time <= 0 ? 0n : BigInt(Math.trunc(time)) * 1000n;
}

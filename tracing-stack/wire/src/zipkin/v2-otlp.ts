import { type Micros, ZERO_SPAN_ID } from '@spoor/model';
import { NO_SERVICE_NAME } from '../otlp/otlp-spans.ts';
import {
  type AnyValue,
  type Attribute,
  type OtlpResourceSpans,
  type OtlpSpan,
  SpanKind,
  StatusCode,
} from '../otlp/otlp-trace.ts';
import { RESOURCE_TAGS } from './v2-resource-tags.ts';
import type { V2Endpoint, V2Span } from './v2-span.ts';
import { annotationEvent, takeLinks } from './v2-texts.ts';

/**
 * The spans as Jaeger's collector translates Zipkin's: by way of OpenTelemetry's, whose exporters to Zipkin put into tags
 * what Zipkin does not know. Jaeger takes the tags of a process from the first span of each service and drops those of the
 * others; here each span has its own.
 */
export function v2OtlpTraces(spans: readonly V2Span[]): OtlpResourceSpans[] {
  const resources = new Map<string, OtlpResourceSpans & { spans: OtlpSpan[] }>();
  for (const span of spans) {
    const tags = new Map(span.tags);
    const attributes = takeResource(tags, span.localEndpoint?.serviceName || NO_SERVICE_NAME);
    const scope = { name: take(tags, LIBRARY_NAME), version: take(tags, LIBRARY_VERSION) };
    const key = JSON.stringify([attributes, scope]);
    let resource = resources.get(key);
    if (resource === undefined) {
      const own: OtlpSpan[] = [];
      resource = { attributes, scopes: [{ ...scope, spans: own }], spans: own };
      resources.set(key, resource);
    }
    resource.spans.push(otlpSpan(span, tags));
  }
  return [...resources.values()];
}

const LIBRARY_NAME = 'otel.library.name';
const LIBRARY_VERSION = 'otel.library.version';

/** The attribute that a service was named by, if it was not `service.name`. */
const NAME_SOURCE = 'otlp.service.name.source';

function take(tags: Map<string, string>, key: string): string {
  const value = tags.get(key) ?? '';
  tags.delete(key);
  return value;
}

/** Takes what describes the process out of the tags. A `service.name` among them counts before the endpoint's. */
function takeResource(tags: Map<string, string>, serviceName: string): Attribute[] {
  const attributes = new Map([['service.name', serviceName]]);
  const source = take(tags, NAME_SOURCE);
  if (source !== '') attributes.set(source, serviceName);
  for (const [key, value] of tags) {
    if (!RESOURCE_TAGS.has(key)) continue;
    attributes.set(key, value);
    tags.delete(key);
  }
  // In an order of their own, so that processes which say the same are the same.
  return [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

const KINDS: ReadonlyMap<string, number> = new Map([
  ['CLIENT', SpanKind.CLIENT],
  ['SERVER', SpanKind.SERVER],
  ['PRODUCER', SpanKind.PRODUCER],
  ['CONSUMER', SpanKind.CONSUMER],
]);

function otlpSpan(span: V2Span, tags: Map<string, string>): OtlpSpan {
  const { traceId, spanId, parentId, name } = span;
  const traceState = take(tags, 'w3c.tracestate');
  const kind = kindOf(span.kind, tags);
  const status = takeStatus(tags);
  const links = takeLinks(tags);
  return {
    traceId,
    spanId,
    parentSpanId: parentId === undefined || parentId === spanId ? ZERO_SPAN_ID : parentId,
    traceState,
    name,
    kind,
    startTime: nanos(span.timestamp),
    endTime: nanos(span.timestamp + span.duration),
    attributes: attributesOf(span, tags),
    events: span.annotations.map(({ timestamp, value }) => ({
      time: nanos(timestamp),
      ...annotationEvent(value),
    })),
    links,
    statusCode: status.code,
    statusMessage: status.message,
  };
}

/** Zipkin has no internal spans: a tag says so. */
function kindOf(kind: string, tags: Map<string, string>): number {
  const known = KINDS.get(kind);
  if (known !== undefined) return known;
  return take(tags, 'span.kind') === 'internal' ? SpanKind.INTERNAL : SpanKind.UNSPECIFIED;
}

/** The names that Jaeger knows; of another, such as `OK` or `ERROR`, it makes no status. An error has its tag beside. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['STATUS_CODE_OK', StatusCode.OK],
  ['STATUS_CODE_ERROR', StatusCode.ERROR],
  ['Ok', StatusCode.OK],
  ['Error', StatusCode.ERROR],
]);

function takeStatus(tags: Map<string, string>): { code: number; message: string } {
  const status = { code: StatusCode.UNSET as number, message: '' };
  if (tags.has('otel.status_code')) {
    status.code = STATUSES.get(take(tags, 'otel.status_code')) ?? StatusCode.UNSET;
    status.message = take(tags, 'otel.status_description');
  }
  const error = tags.get('error');
  if (error === undefined) return status;
  // What it says beside that there was one stays a tag.
  if (error === 'true') tags.delete('error');
  return { ...status, code: StatusCode.ERROR };
}

function attributesOf(span: V2Span, tags: ReadonlyMap<string, string>): Attribute[] {
  const { localEndpoint, remoteEndpoint } = span;
  const attributes = new Map<string, AnyValue>(tags);
  if (span.timestamp === 0) attributes.set('otel.zipkin.absentField.startTime', true);
  if (localEndpoint) setAddress(attributes, 'net.host', localEndpoint);
  if (remoteEndpoint?.serviceName) attributes.set('peer.service', remoteEndpoint.serviceName);
  if (remoteEndpoint) setAddress(attributes, 'net.peer', remoteEndpoint);
  return Array.from(attributes, ([key, value]) => ({ key, value }));
}

function setAddress(
  attributes: Map<string, AnyValue>,
  start: string,
  { ipv4, ipv6, port }: V2Endpoint,
): void {
  if (ipv4 || ipv6) attributes.set(`${start}.ip`, ipv6 || ipv4);
  if (port > 0) attributes.set(`${start}.port`, BigInt(port));
}

function nanos(time: Micros): bigint {
  return BigInt(time) * 1000n;
}

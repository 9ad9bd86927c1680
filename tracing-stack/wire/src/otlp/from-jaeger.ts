import {
  type KeyValue,
  type Log,
  type Micros,
  type Process,
  parentSpanId,
  type Reference,
  type Span,
  type SpanId,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { AttributeMap } from './attribute-map.ts';
import { spanStatus } from './jaeger-status.ts';
import { NO_SERVICE_NAME } from './otlp-spans.ts';
import {
  type Attribute,
  type OtlpEvent,
  type OtlpLink,
  type OtlpResourceSpans,
  type OtlpSpan,
  SpanKind,
} from './otlp-trace.ts';

/**
 * Jaeger's spans as OpenTelemetry's, as its collector's translator of Jaeger makes them and Jaeger's API v3 answers with:
 * a process is a resource, `otel.scope.name` and `otel.scope.version` a scope, and what OpenTelemetry has a field for
 * (kind, status, trace state, the name of an event) leaves the tags.
 */
export function otlpFromSpans(spans: readonly Span[]): OtlpResourceSpans[] {
  const resources = new Map<string, Resource>();
  const byIdentity = new Map<Process, Resource>();
  for (const span of spans) {
    let resource = byIdentity.get(span.process);
    if (resource === undefined) {
      resource = resourceOf(span.process, resources);
      byIdentity.set(span.process, resource);
    }
    const { name, version, tags } = scopeOf(span);
    const key = JSON.stringify([name, version]);
    let scope = resource.scopes.get(key);
    if (scope === undefined) {
      scope = { name, version, spans: [] };
      resource.scopes.set(key, scope);
    }
    scope.spans.push(otlpSpan(span, tags));
  }
  return [...resources.values()].map(({ attributes, scopes }) => ({
    attributes,
    scopes: [...scopes.values()],
  }));
}

interface Resource {
  readonly attributes: readonly Attribute[];
  readonly scopes: Map<string, { name: string; version: string; spans: OtlpSpan[] }>;
}

/** Equal processes of several batches are one resource. */
function resourceOf(process: Process, known: Map<string, Resource>): Resource {
  const key = JSON.stringify(process, (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  let resource = known.get(key);
  if (resource === undefined) {
    resource = { attributes: resourceAttributes(process), scopes: new Map() };
    known.set(key, resource);
  }
  return resource;
}

function resourceAttributes({ serviceName, tags }: Process): readonly Attribute[] {
  if (serviceName === NO_SERVICE_NAME) return [];
  const name: KeyValue = { key: 'service.name', type: 'string', value: serviceName };
  const attributes = new AttributeMap(serviceName === '' ? tags : [name, ...tags]);
  rename(attributes, 'hostname', 'host.name', (value) => value);
  rename(attributes, 'jaeger.version', 'opencensus.exporterversion', (value) => `Jaeger-${value}`);
  return attributes.list();
}

/** Unless the new name is taken. */
function rename(
  attributes: AttributeMap,
  from: string,
  to: string,
  change: (value: ReturnType<AttributeMap['get']>) => ReturnType<AttributeMap['get']>,
): void {
  if (!attributes.has(from) || attributes.has(to)) return;
  attributes.set(to, change(attributes.get(from)));
  attributes.take(from);
}

interface Scope {
  readonly name: string;
  readonly version: string;
  /** What is left of the span's. */
  readonly tags: readonly KeyValue[];
}

function scopeOf({ tags }: Span): Scope {
  const name = tags.find(({ key }) => key === 'otel.scope.name');
  if (name === undefined) return { name: '', version: '', tags };
  const version = tags.find(({ key }) => key === 'otel.scope.version');
  return {
    name: textOf(name),
    version: version === undefined ? '' : textOf(version),
    tags: tags.filter((tag) => tag !== name && tag !== version),
  };
}

/** What is no text counts as an empty one. */
function textOf({ value }: { readonly value: unknown }): string {
  return typeof value === 'string' ? value : '';
}

const KINDS: ReadonlyMap<unknown, number> = new Map([
  ['internal', SpanKind.INTERNAL],
  ['server', SpanKind.SERVER],
  ['client', SpanKind.CLIENT],
  ['producer', SpanKind.PRODUCER],
  ['consumer', SpanKind.CONSUMER],
]);

function otlpSpan(span: Span, tags: readonly KeyValue[]): OtlpSpan {
  const attributes = new AttributeMap(tags);
  const parent = parentSpanId(span) ?? ZERO_SPAN_ID;
  const kind = KINDS.get(attributes.take('span.kind')) ?? SpanKind.UNSPECIFIED;
  const status = spanStatus(attributes, kind);
  const traceState = textOf({ value: attributes.take('w3c.tracestate') });
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: parent,
    traceState,
    name: span.operationName,
    kind,
    startTime: nanos(span.startTime),
    endTime: nanos(span.startTime + span.duration),
    attributes: attributes.list(),
    events: span.logs.map(eventOf),
    links: linksOf(span.references, parent),
    statusCode: status.code,
    statusMessage: status.message,
  };
}

/** OTLP's times are unsigned. */
function nanos(micros: Micros): bigint {
  return BigInt.asUintN(64, BigInt(Math.trunc(micros)) * 1000n);
}

function eventOf({ timestamp, fields }: Log): OtlpEvent {
  const attributes = new AttributeMap(fields);
  const name = textOf({ value: attributes.take('event') });
  return { time: nanos(timestamp), name, attributes: attributes.list() };
}

/** The parent has a field of its own; that it is one by FOLLOWS_FROM, only a link can say. */
function linksOf(references: readonly Reference[], parent: SpanId): OtlpLink[] {
  return references
    .filter(({ refType, spanId }) => refType !== 'CHILD_OF' || spanId !== parent)
    .map(({ refType, traceId, spanId }) => ({
      traceId,
      spanId,
      attributes: [{ key: 'opentracing.ref_type', value: refType.toLowerCase() }],
    }));
}

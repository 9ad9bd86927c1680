import {
  type KeyValue,
  type Log,
  type Micros,
  type Process,
  type Reference,
  type ReferenceType,
  type Span,
  ZERO_SPAN_ID,
} from '@spoor/model';
import { attributeTag } from './attribute-tags.ts';
import {
  type Attribute,
  type OtlpEvent,
  type OtlpLink,
  type OtlpResourceSpans,
  type OtlpScopeSpans,
  type OtlpSpan,
  SpanKind,
  StatusCode,
} from './otlp-trace.ts';

/** What Jaeger calls a process of which nothing is known. */
export const NO_SERVICE_NAME = 'OTLPResourceNoServiceName';

const SERVICE_NAME = 'service.name';

/** The spans of a request as Jaeger 1.62 translates them. A resource is a process; a scope goes into tags. */
export function otlpSpans(resources: readonly OtlpResourceSpans[]): Span[] {
  return resources.flatMap(({ attributes, scopes }) => {
    const process = processOf(attributes);
    return scopes.flatMap((scope) => scope.spans.map((span) => jaegerSpan(span, scope, process)));
  });
}

function processOf(attributes: readonly Attribute[]): Process {
  if (attributes.length === 0) return { serviceName: NO_SERVICE_NAME, tags: [] };
  const name = attributes.find(({ key }) => key === SERVICE_NAME)?.value;
  return {
    // The store names a process without a name.
    serviceName: typeof name === 'string' ? name : '',
    tags: attributes.filter(({ key }) => key !== SERVICE_NAME).map(attributeTag),
  };
}

function jaegerSpan(span: OtlpSpan, scope: OtlpScopeSpans, process: Process): Span {
  const start = BigInt.asIntN(64, span.startTime);
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    operationName: span.name,
    references: referencesOf(span),
    // OTLP's flags are another thing, which Jaeger does not keep.
    flags: 0,
    startTime: micros(start),
    duration: micros(BigInt.asIntN(64, span.endTime) - start),
    tags: tagsOf(span, scope),
    logs: span.events.map(logOf),
    process,
    warnings: [],
  };
}

/** Cut towards zero, as Go divides. */
function micros(nanos: bigint): Micros {
  return Number(nanos / 1000n);
}

/** The parent first. A link to the parent only says of which type its reference is. */
function referencesOf({ traceId, parentSpanId, links }: OtlpSpan): Reference[] {
  const references: Reference[] = [];
  const hasParent = parentSpanId !== ZERO_SPAN_ID;
  if (hasParent) references.push({ refType: 'CHILD_OF', traceId, spanId: parentSpanId });
  for (const link of links) {
    const reference = {
      refType: referenceType(link),
      traceId: link.traceId,
      spanId: link.spanId,
    };
    const isParent = hasParent && link.traceId === traceId && link.spanId === parentSpanId;
    if (isParent) references[0] = reference;
    else references.push(reference);
  }
  return references;
}

/** OpenTracing's type, which its bridge to OpenTelemetry puts into an attribute. */
function referenceType({ attributes }: OtlpLink): ReferenceType {
  const type = attributes.find(({ key }) => key === 'opentracing.ref_type');
  return type?.value === 'child_of' ? 'CHILD_OF' : 'FOLLOWS_FROM';
}

const KINDS: ReadonlyMap<number, string> = new Map([
  [SpanKind.INTERNAL, 'internal'],
  [SpanKind.SERVER, 'server'],
  [SpanKind.CLIENT, 'client'],
  [SpanKind.PRODUCER, 'producer'],
  [SpanKind.CONSUMER, 'consumer'],
]);

const STATUSES: ReadonlyMap<number, string> = new Map([
  [StatusCode.OK, 'OK'],
  [StatusCode.ERROR, 'ERROR'],
]);

function tagsOf(span: OtlpSpan, { name, version }: OtlpScopeSpans): KeyValue[] {
  const tags: KeyValue[] = [];
  const add = (key: string, value: string | undefined) => {
    if (value) tags.push({ key, type: 'string', value });
  };
  add('otel.scope.name', name);
  add('otel.scope.version', version);
  for (const attribute of span.attributes) tags.push(attributeTag(attribute));
  add('span.kind', KINDS.get(span.kind));
  add('otel.status_code', STATUSES.get(span.statusCode));
  if (span.statusCode === StatusCode.ERROR) tags.push({ key: 'error', type: 'bool', value: true });
  add('otel.status_description', span.statusMessage);
  add('w3c.tracestate', span.traceState);
  return tags;
}

function logOf({ time, name, attributes }: OtlpEvent): Log {
  const fields = attributes.map(attributeTag);
  const isNamed = attributes.some(({ key }) => key === 'event');
  if (name !== '' && !isNamed) fields.unshift({ key: 'event', type: 'string', value: name });
  return { timestamp: micros(BigInt.asIntN(64, time)), fields };
}

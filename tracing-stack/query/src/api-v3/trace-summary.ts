import { type Trace, type TraceId, ZERO_SPAN_ID } from '@spoor/model';
import { jsonText, otlpFromSpans, StatusCode } from '@spoor/wire';

/** `jaeger.api_v3.ServiceSummary`. */
export interface ServiceSummary {
  readonly name: string;
  readonly spanCount: number;
  readonly errorSpanCount: number;
}

/** `jaeger.api_v3.TraceSummary`. */
export interface TraceSummary {
  /** 32 digits. */
  readonly traceId: TraceId;
  readonly rootServiceName: string;
  readonly rootOperationName: string;
  /** Nanoseconds, as text. */
  readonly minStartTimeUnixNano: string;
  readonly maxEndTimeUnixNano: string;
  readonly spanCount: number;
  readonly errorSpanCount: number;
  readonly orphanSpanCount: number;
  readonly services: readonly ServiceSummary[];
}

type Counted<T> = { -readonly [K in keyof T]: T[K] };

/** What a list of traces says of one, as Jaeger 2 sums it up. */
export function traceSummary({ traceId, spans }: Trace): TraceSummary {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const services = new Map<string, Counted<ServiceSummary>>();
  let root: { name: string; service: string; startTime: bigint } | undefined;
  let start: bigint | undefined;
  let end: bigint | undefined;
  let orphanSpanCount = 0;
  for (const { attributes, scopes } of otlpFromSpans(spans)) {
    const named = attributes.find(({ key }) => key === 'service.name')?.value;
    const name = typeof named === 'string' ? named : '';
    const service = services.get(name) ?? { name, spanCount: 0, errorSpanCount: 0 };
    services.set(name, service);
    for (const span of scopes.flatMap((scope) => scope.spans)) {
      service.spanCount++;
      if (span.statusCode === StatusCode.ERROR) service.errorSpanCount++;
      if (start === undefined || span.startTime < start) start = span.startTime;
      if (end === undefined || span.endTime > end) end = span.endTime;
      if (span.parentSpanId !== ZERO_SPAN_ID) {
        if (!ids.has(span.parentSpanId)) orphanSpanCount++;
      } else if (root === undefined || span.startTime < root.startTime) {
        root = { name: span.name, service: name, startTime: span.startTime };
      }
    }
  }
  const all = [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    traceId: traceId.padStart(32, '0'),
    rootServiceName: root?.service ?? '',
    rootOperationName: root?.name ?? '',
    minStartTimeUnixNano: String(start ?? 0n),
    maxEndTimeUnixNano: String(end ?? 0n),
    spanCount: spans.length,
    errorSpanCount: all.reduce((sum, { errorSpanCount }) => sum + errorSpanCount, 0),
    orphanSpanCount,
    services: all,
  };
}

/** As proto's JSON has it: what is zero or empty is left out. */
export function traceSummaryJson(summary: TraceSummary): string {
  return jsonText({ ...set(summary), services: summary.services.map(set) });
}

function set(message: object): object {
  const isSet = (value: unknown) => value !== 0 && value !== '' && value !== '0';
  return Object.fromEntries(Object.entries(message).filter(([, value]) => isSet(value)));
}

import { type AnyValue, StatusCode } from '../otlp/otlp-trace.ts';

export interface SpanStatus {
  readonly code: number;
  readonly message: string;
}

const UNSET: SpanStatus = { code: StatusCode.UNSET, message: '' };

/** What Jaeger's collector reads out of a Zipkin v1 span's tags about how the span ended. */
interface Found {
  census?: number;
  censusMessage?: string;
  otel?: number;
  otelMessage?: string;
  isError?: true;
  http?: number;
  httpMessage?: string;
}

/**
 * The status of a span, and which of its attributes are no attributes because they say nothing else. OpenCensus's tags
 * count before OpenTelemetry's, these before `error`, and that before the status of HTTP.
 */
export function v1Status(attributes: readonly (readonly [string, AnyValue])[]): {
  readonly status: SpanStatus;
  readonly rest: readonly (readonly [string, AnyValue])[];
} {
  const found: Found = {};
  const rest = attributes.filter(([key, value]) => !take(found, key, value));
  return { status: statusOf(found), rest };
}

/** Notes what a tag says of the status; true if the tag is used up by it. */
function take(found: Found, key: string, value: AnyValue): boolean {
  const text = typeof value === 'string' ? value : '';
  const code = codeOf(value);
  switch (key) {
    case 'census.status_code':
      if (code !== undefined) found.census = code === 0 ? StatusCode.OK : StatusCode.ERROR;
      return true;
    case 'census.status_description':
    case 'opencensus.status_description':
      found.censusMessage = text;
      return true;
    case 'otel.status_code':
      if (code !== undefined) found.otel = code;
      return true;
    case 'otel.status_description':
      found.otelMessage = text;
      return true;
    case 'error':
      found.isError = true;
      return true;
    case 'http.status_code':
      if (code !== undefined)
        found.http = code >= 100 && code < 400 ? StatusCode.UNSET : StatusCode.ERROR;
      return false;
    case 'http.status_message':
      found.httpMessage = text;
      return false;
    default:
      return false;
  }
}

function statusOf(found: Found): SpanStatus {
  const { census, censusMessage = '', otel, otelMessage = '', http, httpMessage = '' } = found;
  if (census !== undefined) return { code: census, message: censusMessage };
  if (otel !== undefined) return { code: otel, message: otelMessage };
  if (found.isError) return { code: StatusCode.ERROR, message: censusMessage || otelMessage };
  return http === undefined ? UNSET : { code: http, message: httpMessage };
}

/** A whole number of 32 bits, or its text. */
function codeOf(value: AnyValue): number | undefined {
  const text = typeof value === 'bigint' ? String(value) : value;
  if (typeof text !== 'string' || !/^[-+]?\d+$/.test(text)) return undefined;
  const code = Number(text);
  return code === (code | 0) ? code : undefined;
}

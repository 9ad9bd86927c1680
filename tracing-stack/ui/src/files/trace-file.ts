import type { TraceJson } from '@spoor/analysis';

/** What a file of traces holds. What is not Jaeger's the server turns into it. */
export type TraceFile =
  | { readonly format: 'jaeger'; readonly traces: readonly TraceJson[] }
  | { readonly format: 'otlp' | 'zipkin'; readonly body: string };

/** Why a file cannot be read. */
export class TraceFileError extends Error {
  readonly code: 'not-json' | 'no-traces';

  constructor(code: TraceFileError['code'], options?: ErrorOptions) {
    super(code, options);
    this.name = 'TraceFileError';
    this.code = code;
  }
}

/**
 * Finds out of what kind a file is: Jaeger's JSON (an answer of its API, a trace, or a list of traces), Zipkin's v2 (a
 * list of spans, or of such lists), or OTLP's (one request, an answer of Jaeger's API v3, or a request a line, as the
 * collector's file exporter writes them). Throws `TraceFileError`.
 */
export function traceFile(text: string): TraceFile {
  const { json, isOne } = parsed(text);
  const jaeger = isRecord(json) && Array.isArray(json['data']) ? json['data'] : [json].flat();
  if (jaeger.length > 0 && jaeger.every(isTrace)) return { format: 'jaeger', traces: jaeger };
  const spans = Array.isArray(json) ? json.flat() : [];
  if (spans.length > 0 && spans.every(isZipkinSpan)) {
    // As it came, where it can be: what was parsed has lost the digits of large numbers.
    const isNested = Array.isArray((json as unknown[])[0]);
    return { format: 'zipkin', body: isNested ? JSON.stringify(spans) : text };
  }
  const requests = [json].flat().map((each) => (isRecord(each) ? (each['result'] ?? each) : each));
  if (requests.length > 0 && requests.every(isOtlp)) {
    const isPlain = isOne && requests[0] === json;
    const resourceSpans = requests.flatMap((request) => request.resourceSpans);
    return { format: 'otlp', body: isPlain ? text : JSON.stringify({ resourceSpans }) };
  }
  throw new TraceFileError('no-traces');
}

function parsed(text: string): { json: unknown; isOne: boolean } {
  try {
    return { json: JSON.parse(text), isOne: true };
  } catch (cause) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    try {
      return { json: lines.map((line) => JSON.parse(line)), isOne: false };
    } catch {
      throw new TraceFileError('not-json', { cause });
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Has all without which a trace cannot be shown. */
function isTrace(value: unknown): value is TraceJson {
  if (!isRecord(value) || typeof value['traceID'] !== 'string') return false;
  const { spans, processes } = value as { spans: unknown; processes: unknown };
  const isSpan = (span: unknown) =>
    isRecord(span) && typeof span['spanID'] === 'string' && span['startTime'] !== undefined;
  return Array.isArray(spans) && spans.length > 0 && spans.every(isSpan) && isRecord(processes);
}

const isZipkinSpan = (value: unknown) =>
  isRecord(value) && typeof value['traceId'] === 'string' && typeof value['id'] === 'string';

const isOtlp = (value: unknown): value is { resourceSpans: unknown[] } =>
  isRecord(value) && Array.isArray(value['resourceSpans']);

import type { AttributeMap } from './attribute-map.ts';
import { type AnyValue, SpanKind, StatusCode } from './otlp-trace.ts';

export interface SpanStatus {
  /** One of `StatusCode`. */
  readonly code: number;
  readonly message: string;
}

/**
 * The status that a Jaeger span's tags tell of, which are taken out of them where the status says the same: `error=true`
 * before `otel.status_code` before `http.status_code`. `kind` is one of `SpanKind`.
 */
export function spanStatus(attributes: AttributeMap, kind: number): SpanStatus {
  const httpMessage = () => text(attributes.get('http.status_message'));
  const description = () => attributes.take('otel.status_description');
  if (attributes.get('error') === true) {
    attributes.take('error');
    const told = description();
    const message = told === undefined ? httpMessage() : text(told);
    attributes.take('otel.status_code');
    return { code: StatusCode.ERROR, message };
  }
  if (attributes.has('otel.status_code')) {
    const code = CODES.get(text(attributes.take('otel.status_code')).toUpperCase());
    return { code: code ?? StatusCode.UNSET, message: text(description()) };
  }
  if (!isHttpFailure(attributes.get('http.status_code'), kind))
    return { code: StatusCode.UNSET, message: '' };
  return { code: StatusCode.ERROR, message: httpMessage() };
}

const CODES: ReadonlyMap<string, number> = new Map([
  ['OK', StatusCode.OK],
  ['ERROR', StatusCode.ERROR],
]);

/** A server that answers 4xx has not failed. */
function isHttpFailure(status: AnyValue, kind: number): boolean {
  const isCode =
    typeof status === 'bigint' || (typeof status === 'string' && /^[+-]?\d+$/.test(status));
  if (!isCode) return false;
  const code = Number(status);
  if (code >= 400 && code < 500 && kind === SpanKind.SERVER) return false;
  return code < 100 || code >= 399;
}

function text(value: AnyValue): string {
  return typeof value === 'string' ? value : '';
}

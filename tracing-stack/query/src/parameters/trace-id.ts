import { parseTraceId, type TraceId } from '@spoor/model';
import { ParameterError } from './go-errors.ts';
import { checkGoHex } from './go-integer.ts';

/** A trace id in any of its spellings. Throws `ParameterError` with the message of Jaeger's `TraceIDFromString`. */
export function traceIdParameter(text: string): TraceId {
  // Go counts bytes. The two halves are read one after the other, and the error names the half.
  if (new TextEncoder().encode(text).length > 32)
    throw new ParameterError(`TraceID cannot be longer than 32 hex characters: ${text}`);
  if (text.length > 16) checkGoHex(text.slice(0, -16));
  checkGoHex(text.slice(-16));
  return parseTraceId(text) as TraceId;
}

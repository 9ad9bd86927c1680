import { parseTraceId, type TraceId } from '@spoor/model';
import { ParameterError } from './go-errors.ts';
import { checkGoHex } from './go-integer.ts';

/** Eight or sixteen bytes, in the usual alphabet or the one for URLs, with padding or without. */
const BASE64 = /^(?:[\w+/-]{11}=?|[\w+/-]{22}(?:==)?)$/;

/**
 * A trace id in any of its spellings: in hex or, as proto's JSON has it and Jaeger takes it since 2.20, in base64, also
 * escaped as in a path. What can be both is hex. Throws `ParameterError` with the message of Jaeger's `TraceIDFromString`.
 */
export function traceIdParameter(text: string): TraceId {
  try {
    return hexTraceId(text);
  } catch (error) {
    const unescaped = text.replace(/%(2B|2F|3D)/gi, decodeURIComponent);
    if (!BASE64.test(unescaped)) throw error;
    return hexTraceId(Buffer.from(unescaped, 'base64').toString('hex'));
  }
}

function hexTraceId(text: string): TraceId {
  // Go counts bytes. The two halves are read one after the other, and the error names the half.
  if (new TextEncoder().encode(text).length > 32)
    throw new ParameterError(`TraceID cannot be longer than 32 hex characters: ${text}`);
  if (text.length > 16) checkGoHex(text.slice(0, -16));
  checkGoHex(text.slice(-16));
  return parseTraceId(text) as TraceId;
}

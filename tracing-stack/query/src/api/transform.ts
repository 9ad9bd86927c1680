import type { Span, Trace, TraceId } from '@spoor/model';
import { DecodeError, decodeOtlpJson, type EncodedBatch } from '@spoor/wire';
import { HttpError } from '../http/errors.ts';
import { tracesEnvelope } from '../json/envelope.ts';
import type { Answer } from './answer.ts';

/** `POST /api/transform`: traces in OTLP's JSON as the UI reads them. Nothing is stored, and nothing adjusted. */
export function transform(): Answer {
  return async ({ body }) => tracesEnvelope(tracesOf(decoded(await body()).spans()));
}

function decoded(bytes: Uint8Array): EncodedBatch {
  try {
    return decodeOtlpJson(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    // Jaeger's status and words.
    throw new HttpError(500, `cannot unmarshal OTLP : ${error.reason}`);
  }
}

/** In the order in which each comes first. */
function tracesOf(spans: readonly Span[]): Trace[] {
  const byId = new Map<TraceId, Span[]>();
  for (const span of spans) {
    const known = byId.get(span.traceId);
    if (known === undefined) byId.set(span.traceId, [span]);
    else known.push(span);
  }
  return [...byId].map(([traceId, own]) => ({ traceId, spans: own, warnings: [] }));
}

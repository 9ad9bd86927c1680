import { type Adjuster, adjust, separateSharedSpanIds } from '@spoor/analysis';
import type { Span, Trace, TraceId } from '@spoor/model';
import { DecodeError, decodeZipkinV2Json, otlpJsonSpans } from '@spoor/wire';
import { HttpError } from '../http/errors.ts';
import { tracesEnvelope } from '../json/envelope.ts';
import type { Answer } from './answer.ts';

interface Format {
  readonly spans: (bytes: Uint8Array) => Span[];
  readonly adjusters: readonly Adjuster[];
  /** For what cannot be read. */
  readonly refuse: (error: DecodeError) => HttpError;
}

const FORMATS: Readonly<Record<string, Format>> = {
  otlp: {
    spans: otlpJsonSpans,
    adjusters: [],
    // Jaeger's status and words.
    refuse: ({ reason }) => new HttpError(500, `cannot unmarshal OTLP : ${reason}`),
  },
  // Of ours. Its callers and called share an id, and no tree can be made of that.
  zipkin: {
    spans: (bytes) => decodeZipkinV2Json(bytes).spans(),
    adjusters: [separateSharedSpanIds],
    refuse: ({ reason }) => new HttpError(400, `this is no list of Zipkin's spans: ${reason}`),
  },
};

/**
 * `POST /api/transform`: traces in OTLP's JSON, or with `format=zipkin` in Zipkin's (v2), as the UI reads them. Nothing
 * is stored, and nothing moved.
 */
export function transform(): Answer {
  return async ({ body, parameters }) => {
    const name = parameters.get('format') || 'otlp';
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    if (!format)
      throw new HttpError(400, `parameter 'format' is 'otlp' or 'zipkin', not '${name}'`);
    const traces = tracesOf(decoded(await body(), format));
    return tracesEnvelope(traces.map((trace) => adjust(trace, format.adjusters)));
  };
}

function decoded(bytes: Uint8Array, { spans, refuse }: Format): Span[] {
  try {
    return spans(bytes);
  } catch (error) {
    throw error instanceof DecodeError ? refuse(error) : error;
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

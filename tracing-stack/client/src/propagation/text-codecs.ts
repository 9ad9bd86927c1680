import { ZERO_SPAN_ID } from '@spoor/model';
import {
  baggageKey,
  baggageNameOf,
  decodeBaggageValue,
  encodeBaggageValue,
  parseUberTraceId,
  TRACE_CONTEXT_KEY,
  type TraceContext,
} from '@spoor/wire';
import * as opentracing from 'opentracing';
import { SamplingState } from '../sampling-state.ts';
import { SpanContext } from '../span-context.ts';
import { asCarrier, entriesOf, writeEntry } from './carrier.ts';
import { CarrierError, type Codec } from './codec.ts';

/** Told of each baggage item that a carrier did not take. The trace goes on without it. */
export type OnBaggageLost = (name: string, cause: unknown) => void;

/** How one format differs from the other. */
interface TextFormat {
  readonly encode: (value: string) => string;
  readonly decode: (text: string) => string;
  readonly acceptsKey: (key: string) => boolean;
}

const same = (text: string) => text;

const TEXT_MAP: TextFormat = { encode: same, decode: same, acceptsKey: () => true };

/** What RFC 9110 calls a token. node:http throws at a header of any other name. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const HTTP_HEADERS: TextFormat = {
  encode: encodeBaggageValue,
  decode: decodeBaggageValue,
  acceptsKey: (key) => HEADER_NAME.test(key),
};

/** `uber-trace-id` and `uberctx-*` in a text map and, percent-encoded, in HTTP headers. */
export function textCodecs(onBaggageLost: OnBaggageLost): ReadonlyMap<string, Codec> {
  const codec = (format: TextFormat): Codec => ({
    inject: (context, carrier) => inject(format, context, asCarrier(carrier), onBaggageLost),
    extract: (carrier) => extract(format, asCarrier(carrier)),
  });
  return new Map([
    [opentracing.FORMAT_TEXT_MAP, codec(TEXT_MAP)],
    [opentracing.FORMAT_HTTP_HEADERS, codec(HTTP_HEADERS)],
  ]);
}

function inject(format: TextFormat, context: SpanContext, carrier: object, lost: OnBaggageLost) {
  if (context.isValid) writeEntry(carrier, TRACE_CONTEXT_KEY, context.toString());
  for (const [name, value] of context.baggage) {
    try {
      const key = baggageKey(name);
      if (!format.acceptsKey(key)) throw new CarrierError('invalid-key', 'no name of a header');
      writeEntry(carrier, key, format.encode(value));
    } catch (cause) {
      lost(name, cause);
    }
  }
}

function extract(format: TextFormat, carrier: object): SpanContext | undefined {
  let found: TraceContext | undefined;
  const baggage = new Map<string, string>();
  for (const [key, value] of entriesOf(carrier)) {
    const text = lastOf(value);
    if (text === undefined) continue;
    if (key.toLowerCase() === TRACE_CONTEXT_KEY) found = traceContextOf(text);
    const name = baggageNameOf(key);
    if (name !== undefined) baggage.set(name, format.decode(text));
  }
  if (!found && baggage.size === 0) return undefined;
  const none = { traceId: ZERO_SPAN_ID, spanId: ZERO_SPAN_ID, parentId: ZERO_SPAN_ID };
  return new SpanContext(found ?? none, new SamplingState(found?.flags ?? 0), baggage);
}

/** The last of several values counts, as for jaeger-client-go: a service in between may have appended its own. */
function lastOf(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined || last === null ? undefined : String(last);
}

/** node:http joins a repeated header with commas, which the header itself never holds. */
function traceContextOf(text: string): TraceContext {
  const context = parseUberTraceId(text.slice(text.lastIndexOf(',') + 1));
  if (context) return context;
  throw new CarrierError(
    'malformed-context',
    `malformed ${TRACE_CONTEXT_KEY} ${JSON.stringify(text)}`,
  );
}

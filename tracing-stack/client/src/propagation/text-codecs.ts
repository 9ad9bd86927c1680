import * as opentracing from 'opentracing';
import { SamplingState } from '../sampling-state.ts';
import { NO_IDS, SpanContext } from '../span-context.ts';
import { asCarrier, entriesOf, writeEntry } from './carrier.ts';
import { CarrierError, type Codec } from './codec.ts';
import { HTTP_HEADERS, TEXT_MAP, type TextFormat } from './text-format.ts';
import type { Found, TextPropagator, TextReader, TextWriter } from './text-propagator.ts';

export interface TextCodecOptions {
  /** All of them write; whose identity is read is the first that finds one. */
  readonly propagators: readonly TextPropagator[];
  /** Reads what belongs to no propagator. */
  readonly extraReader?: ((format: TextFormat) => TextReader) | undefined;
  /** Told of each baggage item that a carrier did not take. The trace goes on without it. */
  readonly onBaggageLost: (name: string, cause: unknown) => void;
  /** Told of an identity that is malformed where another propagator found a sound one. */
  readonly onMalformed: (cause: unknown) => void;
}

/** The codecs of text maps and of HTTP headers. */
export function textCodecs(options: TextCodecOptions): ReadonlyMap<string, Codec> {
  const codec = (format: TextFormat): Codec => ({
    inject: (context, carrier) => inject(options, format, context, asCarrier(carrier)),
    extract: (carrier) => extract(options, format, asCarrier(carrier)),
  });
  return new Map([
    [opentracing.FORMAT_TEXT_MAP, codec(TEXT_MAP)],
    [opentracing.FORMAT_HTTP_HEADERS, codec(HTTP_HEADERS)],
  ]);
}

function inject(
  { propagators, onBaggageLost }: TextCodecOptions,
  format: TextFormat,
  context: SpanContext,
  carrier: object,
): void {
  const writer: TextWriter = {
    format,
    put: (key, value) => writeEntry(carrier, key, value),
    putBaggage(name, key, value) {
      try {
        if (!format.acceptsKey(key)) throw new CarrierError('invalid-key', 'no name of a header');
        writeEntry(carrier, key, value);
      } catch (cause) {
        onBaggageLost(name, cause);
      }
    },
    lose: (name, reason) => onBaggageLost(name, new CarrierError('invalid-key', reason)),
  };
  for (const propagator of propagators) propagator.inject(context, writer);
}

function extract(
  { propagators, extraReader, onMalformed }: TextCodecOptions,
  format: TextFormat,
  carrier: object,
): SpanContext | undefined {
  const readers = propagators.map((propagator) => propagator.reader(format));
  if (extraReader) readers.push(extraReader(format));
  for (const [name, value] of entriesOf(carrier)) {
    const key = String(name).toLowerCase();
    for (const reader of readers) reader.see(key, value);
  }
  const malformed: unknown[] = [];
  const finds = readers.flatMap((reader) => {
    try {
      return [reader.found()];
    } catch (cause) {
      malformed.push(cause);
      return [];
    }
  });
  const identified = finds.find(({ ids }) => ids) ?? finds.find(({ flags }) => flags !== undefined);
  if (!identified && malformed.length > 0) throw malformed[0];
  for (const cause of malformed) onMalformed(cause);
  return contextOf(identified ?? {}, finds);
}

/** The baggage of all, that of the first before that of the others. */
function contextOf(identified: Found, finds: readonly Found[]): SpanContext | undefined {
  const { ids, flags, traceState } = identified;
  const baggage = new Map(finds.toReversed().flatMap((found) => [...(found.baggage ?? [])]));
  const debugId = finds.find((found) => found.debugId !== undefined)?.debugId;
  if (!ids && flags === undefined && !debugId && baggage.size === 0) return undefined;
  const sampling = new SamplingState(flags ?? 0, flags !== undefined);
  return new SpanContext(ids ?? NO_IDS, sampling, baggage, { debugId, traceState });
}

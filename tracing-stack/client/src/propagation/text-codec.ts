import { SamplingState } from '../sampling-state.ts';
import { type Baggage, type Companions, NO_IDS, SpanContext } from '../span-context.ts';
import { asCarrier, showEntries } from './carrier.ts';
import { CarrierWriter, type OnBaggageLost } from './carrier-writer.ts';
import type { Codec } from './codec.ts';
import type { TextFormat } from './text-format.ts';
import type { Found, TextPropagator, TextReader } from './text-propagator.ts';

export interface TextCodecOptions {
  readonly format: TextFormat;
  /** All of them write; whose identity is read is the first that finds one. */
  readonly propagators: readonly TextPropagator[];
  /** Makes a reader of what belongs to no propagator. */
  readonly extraReader?: ((format: TextFormat) => TextReader) | undefined;
  readonly onBaggageLost: OnBaggageLost;
  /** Told of an identity that is malformed where another propagator found a sound one. */
  readonly onMalformed: (cause: unknown) => void;
}

/** Carries contexts in text maps, or in HTTP headers. */
export class TextCodec implements Codec {
  private readonly options: TextCodecOptions;

  constructor(options: TextCodecOptions) {
    this.options = options;
  }

  inject(context: SpanContext, carrier: unknown): void {
    const { format, propagators, onBaggageLost } = this.options;
    const writer = new CarrierWriter(format, asCarrier(carrier), onBaggageLost);
    for (const propagator of propagators) propagator.inject(context, writer);
  }

  extract(carrier: unknown): SpanContext | undefined {
    const { format, propagators, extraReader } = this.options;
    const readers: TextReader[] = [];
    for (const propagator of propagators) readers.push(propagator.reader(format));
    if (extraReader) readers.push(extraReader(format));
    showEntries(asCarrier(carrier), readers);
    return this.contextOf(readers);
  }

  private contextOf(readers: readonly TextReader[]): SpanContext | undefined {
    const finds: Found[] = [];
    const malformed: unknown[] = [];
    for (const reader of readers) {
      try {
        finds.push(reader.found());
      } catch (cause) {
        malformed.push(cause);
      }
    }
    const identified = identifiedOf(finds);
    if (!identified && malformed.length > 0) throw malformed[0];
    for (const cause of malformed) this.options.onMalformed(cause);
    return joined(identified, finds);
  }
}

/** The first that names a caller, else the first that says at least whether to keep the trace. */
function identifiedOf(finds: readonly Found[]): Found | undefined {
  let decided: Found | undefined;
  for (const found of finds) {
    if (found.ids) return found;
    if (found.flags !== undefined) decided ??= found;
  }
  return decided;
}

/** One context of the identity and of what else was found. */
function joined(identified: Found | undefined, finds: readonly Found[]): SpanContext | undefined {
  const baggage = baggageOf(finds);
  let debugId: string | undefined;
  for (const found of finds) debugId ??= found.debugId;
  if (!identified && !debugId && !baggage) return undefined;
  const { ids = NO_IDS, flags, traceState } = identified ?? {};
  const sampling = new SamplingState(flags ?? 0, flags !== undefined);
  const companions: Companions | undefined =
    debugId || traceState ? { debugId, traceState } : undefined;
  return new SpanContext(ids, sampling, baggage, companions);
}

/** The baggage of all; of two items with one name that of the first. */
function baggageOf(finds: readonly Found[]): Baggage | undefined {
  let baggage: Map<string, string> | undefined;
  for (const found of finds) {
    if (!found.baggage || found.baggage.size === 0) continue;
    baggage = new Map([...found.baggage, ...(baggage ?? [])]);
  }
  return baggage;
}

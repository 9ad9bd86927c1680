import * as opentracing from 'opentracing';
import { binaryCodec } from './binary-codec.ts';
import type { OnBaggageLost } from './carrier-writer.ts';
import { CarrierError, type Codec, type Extractor, type Injector } from './codec.ts';
import {
  byHandReaderOf,
  type HeaderNames,
  type Propagation,
  propagatorsOf,
} from './propagators.ts';
import { TextCodec } from './text-codec.ts';
import { HTTP_HEADERS, TEXT_MAP } from './text-format.ts';

export interface CodecRegistryOptions {
  /** None: contexts do not travel at all. */
  readonly propagation: readonly Propagation[];
  readonly headers?: HeaderNames | undefined;
  readonly onBaggageLost: OnBaggageLost;
  readonly onMalformed: (cause: unknown) => void;
}

/** Which codec a tracer uses for which format: opentracing's three, and what an application registers. */
export class CodecRegistry {
  private readonly injectors = new Map<unknown, Injector>();
  private readonly extractors = new Map<unknown, Extractor>();

  constructor({ propagation, headers, ...told }: CodecRegistryOptions) {
    const isOff = propagation.length === 0;
    const propagators = propagatorsOf(propagation, headers);
    const extraReader = isOff ? undefined : byHandReaderOf(headers);
    const text = { propagators, extraReader, ...told };
    this.register(opentracing.FORMAT_TEXT_MAP, new TextCodec({ ...text, format: TEXT_MAP }));
    this.register(
      opentracing.FORMAT_HTTP_HEADERS,
      new TextCodec({ ...text, format: HTTP_HEADERS }),
    );
    this.register(opentracing.FORMAT_BINARY, isOff ? NO_CODEC : binaryCodec);
  }

  register(format: unknown, codec: Codec): void {
    this.registerInjector(format, codec);
    this.registerExtractor(format, codec);
  }

  registerInjector(format: unknown, injector: Injector): void {
    this.injectors.set(format, injector);
  }

  registerExtractor(format: unknown, extractor: Extractor): void {
    this.extractors.set(format, extractor);
  }

  /** The injector registered for `format`, or `format` itself if it is one. Throws `CarrierError` if there is none. */
  injectorOf(format: unknown): Injector {
    return registeredFor<Injector>(format, this.injectors, 'inject');
  }

  /** As `injectorOf`. */
  extractorOf(format: unknown): Extractor {
    return registeredFor<Extractor>(format, this.extractors, 'extract');
  }
}

const NO_CODEC: Codec = { inject: () => {}, extract: () => undefined };

function registeredFor<Half extends object>(
  format: unknown,
  registered: ReadonlyMap<unknown, Half>,
  method: keyof Half,
): Half {
  const known = registered.get(format);
  if (known) return known;
  const own = format as Half;
  if (typeof format === 'object' && typeof own?.[method] === 'function') return own;
  throw new CarrierError('unknown-format', `no codec for the format ${String(format)}`);
}

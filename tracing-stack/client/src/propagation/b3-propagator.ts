import {
  B3_BAGGAGE_PREFIX,
  B3_FLAGS_KEY,
  B3_PARENT_ID_KEY,
  B3_SAMPLED_KEY,
  B3_SINGLE_KEY,
  B3_SPAN_ID_KEY,
  B3_TRACE_ID_KEY,
  formatB3,
  formatB3Single,
  parseB3,
  parseB3Single,
} from '@spoor/wire';
import type { SpanContext } from '../span-context.ts';
import { lastText } from './carrier.ts';
import type { CarrierWriter } from './carrier-writer.ts';
import { CarrierError } from './codec.ts';
import type { TextFormat } from './text-format.ts';
import type { Found, TextPropagator, TextReader } from './text-propagator.ts';

const KEYS: ReadonlySet<string> = new Set([
  B3_TRACE_ID_KEY,
  B3_SPAN_ID_KEY,
  B3_PARENT_ID_KEY,
  B3_SAMPLED_KEY,
  B3_FLAGS_KEY,
]);

/** Zipkin's headers: written as five, or as one; both are read, the one first. Baggage is in `baggage-*`. */
export class B3Propagator implements TextPropagator {
  private readonly isSingle: boolean;

  constructor(writes: 'multi' | 'single' = 'multi') {
    this.isSingle = writes === 'single';
  }

  inject(context: SpanContext, writer: CarrierWriter): void {
    if (context.isValid) {
      const { traceId, spanId, parentId, sampling } = context;
      // Whoever handed the decision on to us has it handed on to the next, too, as long as nobody made it.
      const flags = sampling.isDecided ? sampling.flags : undefined;
      const identity = { traceId, spanId, parentId, flags };
      if (this.isSingle) writer.put(B3_SINGLE_KEY, formatB3Single(identity));
      else for (const [key, value] of formatB3(identity)) writer.put(key, value);
    }
    writer.putBaggage(B3_BAGGAGE_PREFIX, context.baggage);
  }

  reader({ decodePlain }: TextFormat): TextReader {
    return new B3Reader(decodePlain);
  }
}

class B3Reader implements TextReader {
  private readonly decode: (text: string) => string;
  private readonly several = new Map<string, string>();
  private readonly baggage = new Map<string, string>();
  private single: string | undefined;

  constructor(decode: (text: string) => string) {
    this.decode = decode;
  }

  see(key: string, value: unknown): void {
    const text = lastText(value);
    if (text === undefined) return;
    if (key === B3_SINGLE_KEY) this.single = text;
    else if (KEYS.has(key)) this.several.set(key, text);
    else if (key.startsWith(B3_BAGGAGE_PREFIX) && key.length > B3_BAGGAGE_PREFIX.length) {
      this.baggage.set(key.slice(B3_BAGGAGE_PREFIX.length), this.decode(text));
    }
  }

  found(): Found {
    const { several, baggage } = this;
    const single = this.single;
    if (single === undefined && several.size === 0) return { baggage };
    const context = parseB3Single(single ?? '') ?? (several.size > 0 && parseB3(several));
    if (context) return { ...context, baggage };
    const text = single ?? Array.from(several, (entry) => entry.join(': ')).join(', ');
    throw new CarrierError('malformed-context', `malformed B3 ${JSON.stringify(text)}`);
  }
}

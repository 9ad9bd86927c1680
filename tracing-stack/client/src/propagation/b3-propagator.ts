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
import { lastText } from './carrier.ts';
import { CarrierError } from './codec.ts';
import type { TextPropagator, TextReader } from './text-propagator.ts';

const KEYS: ReadonlySet<string> = new Set([
  B3_TRACE_ID_KEY,
  B3_SPAN_ID_KEY,
  B3_PARENT_ID_KEY,
  B3_SAMPLED_KEY,
  B3_FLAGS_KEY,
]);

/** Zipkin's headers: written as five, or as one; both are read, the one first. Baggage is in `baggage-*`. */
export function b3Propagator(writes: 'multi' | 'single' = 'multi'): TextPropagator {
  return {
    inject(context, writer) {
      if (context.isValid) {
        if (writes === 'single') writer.put(B3_SINGLE_KEY, formatB3Single(context));
        else for (const [key, value] of formatB3(context)) writer.put(key, value);
      }
      for (const [name, value] of context.baggage) {
        writer.putBaggage(name, B3_BAGGAGE_PREFIX + name, writer.format.encode(value));
      }
    },
    reader: ({ decodePlain }) => b3Reader(decodePlain),
  };
}

function b3Reader(decode: (text: string) => string): TextReader {
  let single: string | undefined;
  const several = new Map<string, string>();
  const baggage = new Map<string, string>();
  return {
    see(key, value) {
      const text = lastText(value);
      if (text === undefined) return;
      if (key === B3_SINGLE_KEY) single = text;
      else if (KEYS.has(key)) several.set(key, text);
      else if (key.startsWith(B3_BAGGAGE_PREFIX) && key.length > B3_BAGGAGE_PREFIX.length) {
        baggage.set(key.slice(B3_BAGGAGE_PREFIX.length), decode(text));
      }
    },
    found() {
      if (single === undefined && several.size === 0) return { baggage };
      const context = parseB3Single(single ?? '') ?? (several.size > 0 && parseB3(several));
      if (context) return { ...context, baggage };
      const text = single ?? Array.from(several, (entry) => entry.join(': ')).join(', ');
      throw new CarrierError('malformed-context', `malformed B3 ${JSON.stringify(text)}`);
    },
  };
}

import {
  BAGGAGE_PREFIX,
  formatUberTraceId,
  parseUberTraceId,
  TRACE_CONTEXT_KEY,
  type TraceContext,
} from '@spoor/wire';
import { lastText } from './carrier.ts';
import { CarrierError } from './codec.ts';
import type { TextPropagator } from './text-propagator.ts';

/** `uber-trace-id` and `uberctx-*`, or the names that a configuration gives them. */
export function jaegerPropagator(
  contextKey = TRACE_CONTEXT_KEY,
  baggagePrefix = BAGGAGE_PREFIX,
): TextPropagator {
  const seenKey = contextKey.toLowerCase();
  const seenPrefix = baggagePrefix.toLowerCase();
  return {
    inject(context, writer) {
      if (context.isValid) writer.put(contextKey, formatUberTraceId(context));
      for (const [name, value] of context.baggage) {
        writer.putBaggage(name, baggagePrefix + name, writer.format.encode(value));
      }
    },
    reader(format) {
      let text: string | undefined;
      const baggage = new Map<string, string>();
      return {
        see(key, value) {
          if (key === seenKey) text = lastText(value) ?? text;
          else if (key.startsWith(seenPrefix) && key.length > seenPrefix.length) {
            const item = lastText(value);
            if (item !== undefined) baggage.set(key.slice(seenPrefix.length), format.decode(item));
          }
        },
        found() {
          if (text === undefined) return { baggage };
          const context = traceContextOf(contextKey, text);
          return { ids: context, flags: context.flags, baggage };
        },
      };
    },
  };
}

/** node:http joins a repeated header with commas, which the header itself never holds. */
function traceContextOf(key: string, text: string): TraceContext {
  const context = parseUberTraceId(text.slice(text.lastIndexOf(',') + 1));
  if (context) return context;
  throw new CarrierError('malformed-context', `malformed ${key} ${JSON.stringify(text)}`);
}

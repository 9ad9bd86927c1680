import {
  formatTraceparent,
  formatW3cBaggage,
  parseTraceparent,
  parseW3cBaggage,
  TRACEPARENT_KEY,
  TRACESTATE_KEY,
  W3C_BAGGAGE_KEY,
} from '@spoor/wire';
import type { SpanContext } from '../span-context.ts';
import { joinedText, lastText } from './carrier.ts';
import { CarrierError } from './codec.ts';
import { isHeaderName } from './text-format.ts';
import type { TextPropagator, TextReader, TextWriter } from './text-propagator.ts';

/** `traceparent`, `tracestate` (which is handed on as it came) and W3C's `baggage`. */
export const w3cPropagator: TextPropagator = {
  inject(context, writer) {
    if (context.isValid) {
      writer.put(TRACEPARENT_KEY, formatTraceparent(context));
      const { traceState } = context.companions;
      if (traceState) writer.put(TRACESTATE_KEY, traceState);
    }
    injectBaggage(context, writer);
  },
  reader: w3cReader,
};

function injectBaggage(context: SpanContext, writer: TextWriter): void {
  const items = [...context.baggage].filter(([name]) => {
    if (!isHeaderName(name)) writer.lose(name, 'no name that W3C baggage can have');
    return isHeaderName(name);
  });
  if (items.length > 0) writer.put(W3C_BAGGAGE_KEY, formatW3cBaggage(items));
}

function w3cReader(): TextReader {
  let parent: string | undefined;
  let traceState: string | undefined;
  const baggage = new Map<string, string>();
  return {
    see(key, value) {
      if (key === TRACEPARENT_KEY) parent = lastText(value) ?? parent;
      else if (key === TRACESTATE_KEY) traceState = joinedText(value);
      else if (key === W3C_BAGGAGE_KEY) {
        for (const [name, item] of parseW3cBaggage(joinedText(value) ?? '')) {
          baggage.set(name.toLowerCase(), item);
        }
      }
    },
    found() {
      if (parent === undefined) return { baggage };
      const context = parseTraceparent(parent);
      if (context) return { ids: context, flags: context.flags, traceState, baggage };
      const message = `malformed ${TRACEPARENT_KEY} ${JSON.stringify(parent)}`;
      throw new CarrierError('malformed-context', message);
    },
  };
}

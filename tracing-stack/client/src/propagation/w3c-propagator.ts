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
import type { CarrierWriter } from './carrier-writer.ts';
import { CarrierError } from './codec.ts';
import { isHeaderName } from './text-format.ts';
import type { Found, TextPropagator, TextReader } from './text-propagator.ts';

/** `traceparent`, `tracestate` (which is handed on as it came) and W3C's `baggage`. */
export class W3cPropagator implements TextPropagator {
  inject(context: SpanContext, writer: CarrierWriter): void {
    if (context.isValid) {
      writer.put(TRACEPARENT_KEY, formatTraceparent(context));
      const { traceState } = context.companions;
      if (traceState) writer.put(TRACESTATE_KEY, traceState);
    }
    if (context.baggage.size > 0) injectBaggage(context, writer);
  }

  reader(): TextReader {
    return new W3cReader();
  }
}

function injectBaggage(context: SpanContext, writer: CarrierWriter): void {
  const items: [string, string][] = [];
  for (const [name, value] of context.baggage) {
    if (isHeaderName(name)) items.push([name, value]);
    else writer.lose(name, 'no name that W3C baggage can have');
  }
  if (items.length > 0) writer.put(W3C_BAGGAGE_KEY, formatW3cBaggage(items));
}

class W3cReader implements TextReader {
  private readonly baggage = new Map<string, string>();
  private parent: string | undefined;
  private traceState: string | undefined;

  see(key: string, value: unknown): void {
    if (key === TRACEPARENT_KEY) this.parent = lastText(value) ?? this.parent;
    else if (key === TRACESTATE_KEY) this.traceState = joinedText(value);
    else if (key === W3C_BAGGAGE_KEY) {
      for (const [name, item] of parseW3cBaggage(joinedText(value) ?? '')) {
        this.baggage.set(name.toLowerCase(), item);
      }
    }
  }

  found(): Found {
    const { parent, baggage } = this;
    const traceState = this.traceState;
    if (parent === undefined) return { baggage };
    const context = parseTraceparent(parent);
    if (context) return { ids: context, flags: context.flags, traceState, baggage };
    const message = `malformed ${TRACEPARENT_KEY} ${JSON.stringify(parent)}`;
    throw new CarrierError('malformed-context', message);
  }
}

import {
  BAGGAGE_PREFIX,
  formatUberTraceId,
  parseUberTraceId,
  TRACE_CONTEXT_KEY,
  type TraceContext,
} from '@spoor/wire';
import type { SpanContext } from '../span-context.ts';
import { lastText } from './carrier.ts';
import type { CarrierWriter } from './carrier-writer.ts';
import { CarrierError } from './codec.ts';
import type { TextFormat } from './text-format.ts';
import type { Found, TextPropagator, TextReader } from './text-propagator.ts';

/** `uber-trace-id` and `uberctx-*`, or the names that a configuration gives them. */
export class JaegerPropagator implements TextPropagator {
  private readonly contextKey: string;
  private readonly baggagePrefix: string;
  private readonly seenKey: string;
  private readonly seenPrefix: string;

  constructor(contextKey = TRACE_CONTEXT_KEY, baggagePrefix = BAGGAGE_PREFIX) {
    this.contextKey = contextKey;
    this.baggagePrefix = baggagePrefix;
    this.seenKey = contextKey.toLowerCase();
    this.seenPrefix = baggagePrefix.toLowerCase();
  }

  inject(context: SpanContext, writer: CarrierWriter): void {
    if (context.isValid) writer.put(this.contextKey, formatUberTraceId(context));
    writer.putBaggage(this.baggagePrefix, context.baggage);
  }

  reader({ decode }: TextFormat): TextReader {
    return new JaegerReader(this.seenKey, this.seenPrefix, decode);
  }
}

class JaegerReader implements TextReader {
  private readonly key: string;
  private readonly prefix: string;
  private readonly decode: (text: string) => string;
  private text: string | undefined;
  private baggage: Map<string, string> | undefined;

  constructor(key: string, prefix: string, decode: (text: string) => string) {
    this.key = key;
    this.prefix = prefix;
    this.decode = decode;
  }

  see(key: string, value: unknown): void {
    if (key === this.key) this.text = lastText(value) ?? this.text;
    else if (key.startsWith(this.prefix) && key.length > this.prefix.length) {
      const item = lastText(value);
      if (item === undefined) return;
      this.baggage ??= new Map();
      this.baggage.set(key.slice(this.prefix.length), this.decode(item));
    }
  }

  found(): Found {
    const { text, baggage } = this;
    if (text === undefined) return { baggage };
    const context = traceContextOf(this.key, text);
    return { ids: context, flags: context.flags, baggage };
  }
}

/** node:http joins a repeated header with commas, which the header itself never holds. */
function traceContextOf(key: string, text: string): TraceContext {
  const context = parseUberTraceId(text.slice(text.lastIndexOf(',') + 1));
  if (context) return context;
  throw new CarrierError('malformed-context', `malformed ${key} ${JSON.stringify(text)}`);
}

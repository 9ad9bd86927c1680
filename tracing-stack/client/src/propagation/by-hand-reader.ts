import { JAEGER_BAGGAGE_KEY, parseJaegerBaggage } from '@spoor/wire';
import { lastText } from './carrier.ts';
import type { Found, TextReader } from './text-propagator.ts';

/** The key that makes a debug trace of a call which belongs to none, and what the trace is found by. */
export const DEBUG_ID_KEY = 'jaeger-debug-id';

/** The keys of what people write, in lower case. */
export interface ByHandKeys {
  readonly debugId: string;
  readonly baggage: string;
}

export const BY_HAND_KEYS: ByHandKeys = { debugId: DEBUG_ID_KEY, baggage: JAEGER_BAGGAGE_KEY };

/** What a person adds to a call by hand, with curl for instance: `jaeger-debug-id` and `jaeger-baggage`. */
export class ByHandReader implements TextReader {
  private readonly keys: ByHandKeys;
  private readonly decode: (text: string) => string;
  private debugId: string | undefined;
  private baggage: ReadonlyMap<string, string> | undefined;

  constructor(keys: ByHandKeys, decode: (text: string) => string) {
    this.keys = keys;
    this.decode = decode;
  }

  see(key: string, value: unknown): void {
    if (key === this.keys.debugId) {
      const text = lastText(value);
      // An empty one asks for nothing.
      if (text) this.debugId = this.decode(text);
    } else if (key === this.keys.baggage) {
      // Encoded in text maps, too: as it is typed for curl, and as jaeger-client-go reads it.
      this.baggage = new Map(parseJaegerBaggage(lastText(value) ?? ''));
    }
  }

  found(): Found {
    return { debugId: this.debugId, baggage: this.baggage };
  }
}

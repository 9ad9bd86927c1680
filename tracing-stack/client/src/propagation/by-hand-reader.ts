import { JAEGER_BAGGAGE_KEY, parseJaegerBaggage } from '@spoor/wire';
import { lastText } from './carrier.ts';
import type { TextReader } from './text-propagator.ts';

/** The key that makes a debug trace of a call which belongs to none, and what the trace is found by. */
export const DEBUG_ID_KEY = 'jaeger-debug-id';

/** What a person adds to a call by hand, with curl for instance: `jaeger-debug-id` and `jaeger-baggage`. */
export function byHandReader(
  decode: (text: string) => string,
  debugIdKey: string = DEBUG_ID_KEY,
  baggageKey: string = JAEGER_BAGGAGE_KEY,
): TextReader {
  const seenDebugId = debugIdKey.toLowerCase();
  const seenBaggage = baggageKey.toLowerCase();
  let debugId: string | undefined;
  let baggage: ReadonlyMap<string, string> | undefined;
  return {
    see(key, value) {
      if (key === seenDebugId) {
        const text = lastText(value);
        // An empty one asks for nothing.
        if (text) debugId = decode(text);
      } else if (key === seenBaggage) {
        baggage = new Map(parseJaegerBaggage(lastText(value) ?? ''));
      }
    },
    found: () => ({ debugId, baggage }),
  };
}

import { B3Propagator } from './b3-propagator.ts';
import { BY_HAND_KEYS, ByHandReader } from './by-hand-reader.ts';
import { JaegerPropagator } from './jaeger-propagator.ts';
import type { TextFormat } from './text-format.ts';
import type { TextPropagator, TextReader } from './text-propagator.ts';
import { W3cPropagator } from './w3c-propagator.ts';

/** The ways in which a context travels through text: Jaeger's own, Zipkin's (five headers or one), W3C's. */
export const PROPAGATIONS = ['jaeger', 'b3', 'b3-single', 'w3c'] as const;
export type Propagation = (typeof PROPAGATIONS)[number];

/** Names in the place of Jaeger's own. */
export interface HeaderNames {
  /** In the place of `uber-trace-id`. */
  readonly traceContext?: string | undefined;
  /** In the place of `uberctx-`. */
  readonly baggagePrefix?: string | undefined;
  /** In the place of `jaeger-debug-id`. */
  readonly debugId?: string | undefined;
  /** In the place of `jaeger-baggage`. */
  readonly baggage?: string | undefined;
}

export function propagatorsOf(
  propagations: readonly Propagation[],
  names: HeaderNames = {},
): TextPropagator[] {
  return propagations.map((propagation) => {
    if (propagation === 'w3c') return new W3cPropagator();
    if (propagation === 'jaeger') {
      return new JaegerPropagator(names.traceContext, names.baggagePrefix);
    }
    return new B3Propagator(propagation === 'b3' ? 'multi' : 'single');
  });
}

/** Reads what people write by hand, whatever the propagation. */
export function byHandReaderOf(names: HeaderNames = {}): (format: TextFormat) => TextReader {
  const keys = {
    debugId: (names.debugId ?? BY_HAND_KEYS.debugId).toLowerCase(),
    baggage: (names.baggage ?? BY_HAND_KEYS.baggage).toLowerCase(),
  };
  return ({ decode }) => new ByHandReader(keys, decode);
}

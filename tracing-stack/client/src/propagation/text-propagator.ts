import type { SpanId, TraceId } from '@spoor/model';
import type { Companions, SpanContext } from '../span-context.ts';
import type { CarrierWriter } from './carrier-writer.ts';
import type { TextFormat } from './text-format.ts';

/** What a propagator found in a carrier. */
export interface Found extends Companions {
  readonly ids?: { traceId: TraceId; spanId: SpanId; parentId: SpanId } | undefined;
  /** Jaeger's flags; `undefined` if the carrier says no decision. */
  readonly flags?: number | undefined;
  readonly baggage?: ReadonlyMap<string, string> | undefined;
}

/** Looks at the entries of one carrier. */
export interface TextReader {
  /** `key` in lower case; `value` as the carrier holds it: mostly text, of node:http also a list. */
  see(key: string, value: unknown): void;
  /** Throws `CarrierError` if what was seen is malformed. */
  found(): Found;
}

/**
 * Carries identity and baggage under keys of its own. Propagators, readers and writers are classes rather than closures:
 * every request goes through them, and under tsx a closure costs more than all that it does here.
 */
export interface TextPropagator {
  /** Throws what the carrier throws when it does not take the identity. */
  inject(context: SpanContext, writer: CarrierWriter): void;
  reader(format: TextFormat): TextReader;
}

import type { SpanId, TraceId } from '@spoor/model';
import type { Companions, SpanContext } from '../span-context.ts';
import type { TextFormat } from './text-format.ts';

/** Where a propagator writes to. */
export interface TextWriter {
  readonly format: TextFormat;
  /** Throws what the carrier throws. */
  put(key: string, value: string): void;
  /** Puts the baggage item `name`. One that the carrier does not take is left out, and counted. */
  putBaggage(name: string, key: string, value: string): void;
  /** Says that the baggage item `name` cannot travel in this format. */
  lose(name: string, reason: string): void;
}

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

/** Carries identity and baggage under keys of its own. */
export interface TextPropagator {
  readonly inject: (context: SpanContext, writer: TextWriter) => void;
  readonly reader: (format: TextFormat) => TextReader;
}

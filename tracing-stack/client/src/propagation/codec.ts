import type { SpanContext } from '../span-context.ts';

export interface Injector {
  /** Throws what the carrier throws when it does not take the identity of the span. */
  inject(context: SpanContext, carrier: unknown): void;
}

export interface Extractor {
  /** Nothing if the carrier holds no context. Throws `CarrierError`. */
  extract(carrier: unknown): SpanContext | null | undefined;
}

/** Carries contexts in one format. One of the application's own can be given in the place of a format's name. */
export interface Codec extends Injector, Extractor {}

/** `unknown-format`: no codec is registered for it. `foreign-context`: of another tracer. */
export type CarrierErrorCode =
  | 'not-a-carrier'
  | 'malformed-context'
  | 'invalid-key'
  | 'unknown-format'
  | 'foreign-context';

/** Why a context could not be read from a carrier or written into it. */
export class CarrierError extends Error {
  readonly code: CarrierErrorCode;

  constructor(code: CarrierErrorCode, message: string) {
    super(`[client] ${message}`);
    this.name = 'CarrierError';
    this.code = code;
  }
}

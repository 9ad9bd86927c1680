import type { SpanContext } from '../span-context.ts';

/** Carries contexts in one format. */
export interface Codec {
  /** Throws what the carrier throws when it does not take the identity of the span. */
  inject(context: SpanContext, carrier: unknown): void;
  /** `undefined` if the carrier holds nothing of ours. Throws `CarrierError`. */
  extract(carrier: unknown): SpanContext | undefined;
}

export type CarrierErrorCode = 'not-a-carrier' | 'malformed-context' | 'invalid-key';

/** Why a context could not be read from a carrier or written into it. */
export class CarrierError extends Error {
  readonly code: CarrierErrorCode;

  constructor(code: CarrierErrorCode, message: string) {
    super(message);
    this.name = 'CarrierError';
    this.code = code;
  }
}

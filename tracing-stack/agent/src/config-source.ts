import type { BaggageRestriction, SamplingStrategy } from '@spoor/model';

/** Whom an agent asks what its clients want to know: collectors over the network, or one in the same process. */
export interface ConfigSource {
  /** The way it asks, for the counters' label `protocol`. */
  readonly protocol: 'grpc' | 'tchannel' | 'in-process';
  /** Rejects with `ConfigError`. */
  samplingStrategy(service: string): Promise<SamplingStrategy>;
  /** Rejects with `ConfigError`, above all where nobody can know: over gRPC there is no such question. */
  baggageRestrictions(service: string): Promise<readonly BaggageRestriction[]>;
}

/** `unavailable`: no collector answered. `not-implemented`: nobody answers that. */
export type ConfigErrorCode = 'unavailable' | 'not-implemented';

/** Why a client is not told what it asked for. */
export class ConfigError extends Error {
  readonly code: ConfigErrorCode;
  /** What the client is told of it, in Jaeger's words where it has some. */
  readonly answer: string;

  constructor(code: ConfigErrorCode, answer: string, cause?: unknown) {
    super(`[agent] ${answer}`, { cause });
    this.name = 'ConfigError';
    this.code = code;
    this.answer = answer;
  }
}

/** Nobody to ask for baggage restrictions, in the words of Jaeger's agent. */
export async function noBaggageRestrictions(): Promise<never> {
  throw new ConfigError('not-implemented', 'baggage not implemented');
}

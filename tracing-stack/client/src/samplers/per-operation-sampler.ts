import type { TraceId } from '@spoor/model';
import { type Clock, systemClock } from '../clock.ts';
import { probabilisticSampler } from './probabilistic-sampler.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { Sampler, SamplingDecision } from './sampler.ts';
import { samplerTags } from './sampler-tags.ts';
import type { OperationStrategies } from './sampling-strategy.ts';

/** Operations that have a lower bound of their own; names beyond share the default rate. */
const MAX_OPERATIONS = 2000;

export interface PerOperationOptions {
  readonly strategies: OperationStrategies;
  readonly maxOperations?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Keeps of each operation its share, and not less than the lower bound: rare operations are seen, too. */
export class PerOperationSampler implements Sampler {
  private readonly maxOperations: number;
  private readonly clock: Clock;
  private strategies: OperationStrategies;
  private fallback: Sampler;
  private operations = new Map<string, OperationSampler>();

  constructor({ strategies, maxOperations, clock }: PerOperationOptions) {
    this.maxOperations = maxOperations ?? MAX_OPERATIONS;
    this.clock = clock ?? systemClock;
    this.strategies = strategies;
    this.fallback = probabilisticSampler(strategies.defaultRate);
    this.setStrategies(strategies);
  }

  sample(traceId: TraceId, operationName: string): SamplingDecision {
    return (this.operationOf(operationName) ?? this.fallback).sample(traceId, operationName);
  }

  /** Operations that are named again keep the credits of their lower bound. */
  setStrategies(strategies: OperationStrategies): void {
    this.strategies = strategies;
    this.fallback = probabilisticSampler(strategies.defaultRate);
    const known = this.operations;
    this.operations = new Map();
    for (const [name, rate] of strategies.rates) {
      const operation = known.get(name);
      operation?.set(rate, strategies.lowerBound);
      this.operations.set(name, operation ?? this.newOperation(rate));
    }
  }

  async close(): Promise<void> {}

  /** Undefined when there are as many operations as may be. */
  private operationOf(name: string): OperationSampler | undefined {
    const known = this.operations.get(name);
    if (known || this.operations.size >= this.maxOperations) return known;
    const operation = this.newOperation(this.strategies.defaultRate);
    this.operations.set(name, operation);
    return operation;
  }

  private newOperation(rate: number): OperationSampler {
    return new OperationSampler(rate, this.strategies.lowerBound, this.clock);
  }
}

/** One operation: by its rate, else by its lower bound, which every kept trace pays into. */
class OperationSampler {
  private readonly limiter: RateLimiter;
  private byRate: Sampler;
  private byLowerBound: SamplingDecision;

  constructor(rate: number, lowerBound: number, clock: Clock) {
    this.limiter = new RateLimiter(lowerBound, clock);
    this.byRate = probabilisticSampler(rate);
    this.byLowerBound = lowerBoundDecision(rate);
  }

  set(rate: number, lowerBound: number): void {
    this.limiter.setRate(lowerBound);
    this.byRate = probabilisticSampler(rate);
    this.byLowerBound = lowerBoundDecision(rate);
  }

  sample(traceId: TraceId, operationName: string): SamplingDecision {
    const decision = this.byRate.sample(traceId, operationName);
    const hasCredit = this.limiter.take();
    return decision.sampled || !hasCredit ? decision : this.byLowerBound;
  }
}

/** The parameter is the rate that would not have kept the trace, as in jaeger-client-go. */
function lowerBoundDecision(rate: number): SamplingDecision {
  return { sampled: true, tags: samplerTags('lowerbound', rate) };
}

import type { SamplingStrategy } from '@spoor/model';
import type { Logger, Metrics } from '@spoor/platform';
import type { OperationProbability, SamplingStore } from '@spoor/storage-api';
import type { EncodedBatch } from '@spoor/wire';
import type { SamplingProvider } from '../sampling-provider.ts';
import type { AdaptiveOptions } from './adaptive-options.ts';
import { calculateProbabilities } from './calculate-probabilities.ts';
import { LeaderLease } from './leader-lease.ts';
import { strategiesOf, strategyOfNew } from './strategies-of.ts';
import { ThroughputCounter } from './throughput-counter.ts';

export interface AdaptiveParts {
  readonly store: SamplingStore;
  readonly options: AdaptiveOptions;
  /** Who this collector is: a name that no other has. */
  readonly collector: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Sampling by what there is. Every collector counts the traces that it sees begin, and once an interval tells the store;
 * one of them, the leader, calculates from that what share of each operation is to be kept; all tell their clients.
 * Nothing happens by itself here: see `startAdaptiveSampling`.
 */
export class AdaptiveSampling implements SamplingProvider {
  readonly lease: LeaderLease;
  private readonly parts: AdaptiveParts;
  private readonly counter: ThroughputCounter;
  private readonly operations;
  private strategies: ReadonlyMap<string, SamplingStrategy> = new Map();
  /** Milliseconds since 1970. */
  private countedSince: number;

  constructor(parts: AdaptiveParts) {
    const { metrics } = parts;
    this.parts = parts;
    this.lease = new LeaderLease(parts);
    this.countedSince = parts.clock();
    const overflow = metrics.counter(
      'spoor_collector_sampling_operations_left_out_total',
      'Root spans of operations beyond the number that is counted in an interval, or with too long a name',
    );
    this.counter = new ThroughputCounter(() => overflow.inc());
    this.operations = metrics.gauge(
      'jaeger_collector_adaptive_sampling_processor_operations_calculated',
      'Operations with a share of their own',
    );
    const leads = metrics.gauge(
      'spoor_collector_sampling_leader',
      'Whether this collector is the one that calculates',
    );
    metrics.onRead(() => leads.set(this.lease.isHeld ? 1 : 0));
  }

  /** To be told each batch that was stored. */
  count(batch: EncodedBatch): void {
    this.counter.count(batch);
  }

  strategyOf(service: string): SamplingStrategy {
    return this.strategies.get(service) ?? strategyOfNew(this.parts.options);
  }

  /** Tells the store what was counted since the last time. Rejects as the store does; then it is told the next time. */
  async tell(): Promise<void> {
    const { store, collector, clock, options } = this.parts;
    const now = clock();
    const operations = this.counter.take();
    const throughput = {
      collector,
      time: now * 1000,
      duration: (now - this.countedSince) * 1000,
      operations,
    };
    try {
      await store.addThroughput(
        throughput,
        (now - this.lookBackMs(2)) * 1000 - options.delayMs * 1000,
      );
      this.countedSince = now;
    } catch (error) {
      this.counter.giveBack(operations);
      throw error;
    }
  }

  /** The leader's work: new shares from what all collectors told. */
  async calculate(): Promise<void> {
    const { store, clock, options } = this.parts;
    const until = (clock() - options.delayMs) * 1000;
    const [previous, throughput] = await Promise.all([
      store.probabilities(),
      store.throughput(until - this.lookBackMs() * 1000, until),
    ]);
    const probabilities = calculateProbabilities(previous, throughput, until, options);
    await store.saveProbabilities(probabilities);
    this.obey(probabilities);
  }

  /** Takes over what the leader calculated last. */
  async load(): Promise<void> {
    this.obey(await this.parts.store.probabilities());
  }

  async close(): Promise<void> {
    await this.lease.giveBack();
  }

  private obey(probabilities: readonly OperationProbability[]): void {
    this.strategies = strategiesOf(probabilities, this.parts.options);
    this.operations.set(probabilities.length);
  }

  /** How far back operations are remembered, and some intervals more. */
  private lookBackMs(more = 0): number {
    const { aggregationBuckets, calculationIntervalMs } = this.parts.options;
    return (aggregationBuckets + more) * calculationIntervalMs;
  }
}

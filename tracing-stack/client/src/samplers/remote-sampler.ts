import type { TraceId } from '@spoor/model';
import { type Clock, systemClock } from '../clock.ts';
import type { Counters } from '../counters.ts';
import { getText } from '../http/http-request.ts';
import { poll } from '../http/poll.ts';
import { type Complain, complainOnce, type Logger, reasonOf } from '../logger.ts';
import { PerOperationSampler } from './per-operation-sampler.ts';
import { probabilisticSampler } from './probabilistic-sampler.ts';
import { RateLimitingSampler } from './rate-limiting-sampler.ts';
import type { Sampler, SamplingDecision } from './sampler.ts';
import { parseSamplingStrategy, type SamplingStrategy } from './sampling-strategy.ts';

/** Gets what a URL answers with success; rejects else. */
export type FetchText = (url: string, signal: AbortSignal) => Promise<string>;

export interface RemoteSamplerOptions {
  readonly serviceName: string;
  /** Where strategies are asked for, without the question: `http://127.0.0.1:5778/sampling`. */
  readonly url: string;
  /** Decides until the first answer. */
  readonly initial: Sampler;
  readonly counters: Counters;
  readonly logger: Logger;
  /** Milliseconds between two questions; a minute if not given. */
  readonly refreshInterval?: number | undefined;
  readonly maxOperations?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly fetch?: FetchText | undefined;
}

const REFRESH_INTERVAL = 60_000;

/** Decides as a server says, which it asks again and again; between answers, and when there is none, as before. */
export class RemoteSampler implements Sampler {
  private readonly options: RemoteSamplerOptions;
  private readonly complain: Complain;
  private readonly url: string;
  private readonly closing = new AbortController();
  private current: Sampler;
  private stop = () => {};

  constructor(options: RemoteSamplerOptions) {
    this.options = options;
    this.complain = complainOnce(options.logger);
    const url = new URL(options.url);
    url.searchParams.set('service', options.serviceName);
    this.url = url.href;
    this.current = options.initial;
  }

  /** Asks now, and from then on once in an interval. Neither question nor timer holds a process. */
  start(): void {
    this.stop = poll(() => this.refresh(), this.options.refreshInterval ?? REFRESH_INTERVAL);
  }

  sample(traceId: TraceId, operationName: string): SamplingDecision {
    return this.current.sample(traceId, operationName);
  }

  /** Asks once. Never rejects: what went wrong is counted, and told the first time. */
  async refresh(): Promise<void> {
    const { fetch = getText, counters } = this.options;
    const { signal } = this.closing;
    try {
      const strategy = parseSamplingStrategy(await fetch(this.url, signal));
      if (signal.aborted) return;
      this.obey(strategy);
      counters.samplerUpdates++;
    } catch (error) {
      if (signal.aborted) return;
      counters.samplerFailures++;
      this.complain('sampler', `no sampling strategy from ${this.url}: ${reasonOf(error)}`);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stop();
    await this.current.close();
  }

  /** A sampler of the same kind goes on with what it has saved, so that an answer gives no burst. */
  private obey(strategy: SamplingStrategy): void {
    const { clock = systemClock, maxOperations } = this.options;
    switch (strategy.kind) {
      case 'probabilistic':
        this.current = probabilisticSampler(strategy.rate);
        return;
      case 'rateLimiting':
        if (this.current instanceof RateLimitingSampler) this.current.setRate(strategy.perSecond);
        else this.current = new RateLimitingSampler(strategy.perSecond, clock);
        return;
      case 'perOperation': {
        const { strategies } = strategy;
        if (this.current instanceof PerOperationSampler) this.current.setStrategies(strategies);
        else this.current = new PerOperationSampler({ strategies, maxOperations, clock });
      }
    }
  }
}

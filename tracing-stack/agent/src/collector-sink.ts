import { type Logger, type Metrics, monotonic } from '@spoor/platform';
import type { EncodedBatch } from '@spoor/wire';
import type { BatchSink } from './batch-sink.ts';
import { type CollectorLink, PostError } from './collector-link.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';
import { SinkError } from './sink-error.ts';

/** Calls under way at once: enough that the collector's store can flush many batches together. */
const MAX_CALLS = 32;

export interface CollectorSinkOptions {
  readonly protocol: 'grpc' | 'tchannel';
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds of a clock that nobody sets. */
  readonly clock?: () => number;
  readonly maxCalls?: number;
  /** How long a collector that took nothing is left alone; twice as long each further time, up to `maxBackoffMs`. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Posts batches to collectors in turn. One that fails is left alone for a while, if there are others. */
export class CollectorSink implements BatchSink {
  readonly protocol: 'grpc' | 'tchannel';
  readonly maxCalls: number;
  private readonly collectors: readonly Collector[];
  private readonly warnings: RepeatedWarnings;
  private readonly retries;
  private readonly clock: () => number;
  private turn = 0;
  private closed = false;

  constructor(links: readonly CollectorLink[], options: CollectorSinkOptions) {
    const { protocol, logger, metrics, clock = monotonic, maxCalls = MAX_CALLS } = options;
    const { minBackoffMs = 100, maxBackoffMs = 2000 } = options;
    this.protocol = protocol;
    this.maxCalls = maxCalls;
    this.clock = clock;
    this.collectors = links.map((link) => new Collector(link, minBackoffMs, maxBackoffMs));
    this.warnings = new RepeatedWarnings(logger, clock);
    this.retries = metrics.counter(
      'spoor_agent_reporter_retries_total',
      'Calls to a collector that were repeated, by its answer',
      ['code'],
    );
  }

  /** Asks one collector after the other. */
  async deliver(batch: EncodedBatch): Promise<void> {
    const tried = new Set<Collector>();
    for (;;) {
      if (this.closed) throw new SinkError('closed', 'is closed');
      const collector = this.next(tried);
      if (collector === undefined) throw new SinkError('again', 'no collector takes spans');
      tried.add(collector);
      collector.isTried = true;
      try {
        await collector.link.post(batch);
        collector.succeed();
        return;
      } catch (error) {
        this.judge(error, collector);
      }
    }
  }

  /** Throws unless another collector, or another time, may do. */
  private judge(error: unknown, collector: Collector): void {
    const { address } = collector.link;
    collector.isTried = false;
    if (!(error instanceof PostError)) throw error;
    const { code, message } = error;
    if (this.closed) throw new SinkError('closed', `closed while ${address} answered ${code}`);
    if (!error.isRepeatable) {
      collector.succeed();
      throw new SinkError('refused', `${address} answered ${code}: ${message}`, error);
    }
    collector.fail(this.clock());
    this.retries.inc({ code });
    const fields = { collector: address, code, reason: message };
    this.warnings.warn(`${address} ${code}`, fields, 'collector does not take spans, will repeat');
  }

  /** In turn, those that are well. If none is, and none was asked, whoever was left alone for the longest time. */
  private next(tried: ReadonlySet<Collector>): Collector | undefined {
    const now = this.clock();
    const { length } = this.collectors;
    for (let i = 0; i < length; i++) {
      const collector = this.collectors[this.turn++ % length] as Collector;
      if (!tried.has(collector) && collector.isWell(now)) return collector;
    }
    if (tried.size > 0) return undefined;
    return [...this.collectors].sort((a, b) => a.restsUntil - b.restsUntil)[0];
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { link } of this.collectors) link.close();
  }
}

/** A collector, and how it did lately. */
class Collector {
  readonly link: CollectorLink;
  private readonly minBackoffMs: number;
  private readonly maxBackoffMs: number;
  private backoff = 0;
  restsUntil = 0;
  /** Whether a call is under way by which it may show that it is well again. */
  isTried = false;

  constructor(link: CollectorLink, minBackoffMs: number, maxBackoffMs: number) {
    this.link = link;
    this.minBackoffMs = minBackoffMs;
    this.maxBackoffMs = maxBackoffMs;
  }

  isWell(now: number): boolean {
    return this.backoff === 0 || (now >= this.restsUntil && !this.isTried);
  }

  succeed(): void {
    this.backoff = 0;
    this.isTried = false;
  }

  fail(now: number): void {
    this.backoff = Math.min(Math.max(2 * this.backoff, this.minBackoffMs), this.maxBackoffMs);
    this.restsUntil = now + this.backoff;
  }
}

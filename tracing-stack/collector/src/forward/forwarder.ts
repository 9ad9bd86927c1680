import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyValue } from '@spoor/model';
import { ByteBudget, type Logger, UnfinishedError } from '@spoor/platform';
import type { EncodedBatch } from '@spoor/wire';
import { CollectorError } from '../collector-error.ts';
import { type Backend, BackendError } from './backend.ts';
import type { ForwardMetrics } from './forward-metrics.ts';
import { type ForwardRequest, forwardRequests, REQUEST_BYTES } from './requests.ts';

/** What happens to a batch for which the queue has no room: it is stored and not forwarded, or its sender comes again. */
export type WhenFull = 'drop' | 'refuse';

export interface ForwarderOptions {
  readonly backend: Backend;
  /** Of batches that wait to be forwarded, as they came. */
  readonly queueBytes: number;
  readonly whenFull: WhenFull;
  /** For the process of every span. */
  readonly tags: readonly KeyValue[];
  readonly metrics: ForwardMetrics;
  readonly logger: Logger;
  /** Pause when the backend did not take a request; each further one is twice as long, up to `maxBackoffMs`. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** Room for a batch that is about to be stored. One of the two is called, once. */
export interface Reservation {
  /** It is stored: it goes on. */
  forward(): void;
  /** It is not. */
  cancel(): void;
}

interface Waiting {
  readonly batch: EncodedBatch;
  readonly spans: number;
}

/** Requests under way at once. */
const TOGETHER = 4;
/** A backend may not ask us to wait longer. */
const MAX_RETRY_AFTER_MS = 300_000;
const NOTHING: Reservation = { forward: () => undefined, cancel: () => undefined };

/** Sends what was stored on to another backend: a bounded queue in memory, and requests that are tried until they are taken. */
export class Forwarder {
  private readonly options: Required<ForwarderOptions>;
  private readonly budget: ByteBudget;
  private readonly waiting: Waiting[] = [];
  private readonly abort = new AbortController();
  private senders = 0;
  /** Stored, and still to be forwarded. */
  private spans = 0;
  private isAway = false;

  constructor(options: ForwarderOptions) {
    this.options = { minBackoffMs: 200, maxBackoffMs: 10_000, ...options };
    this.budget = new ByteBudget(options.queueBytes);
    options.metrics.queueCapacity.set(options.queueBytes);
  }

  /** Throws `CollectorError` if there is no room and senders shall come again. */
  reserve(batch: EncodedBatch, spans: number): Reservation {
    const { length } = batch.bytes;
    const { whenFull, metrics } = this.options;
    if (!this.budget.tryTake(length)) {
      const { bytes, maxBytes } = this.budget;
      const told = `${bytes} of ${maxBytes} bytes wait to be forwarded`;
      if (whenFull === 'refuse') throw new CollectorError('queue-full', told);
      return { ...NOTHING, forward: () => metrics.spans.inc({ result: 'dropped' }, spans) };
    }
    this.showQueue();
    return {
      forward: () => {
        this.waiting.push({ batch, spans });
        this.spans += spans;
        this.run();
      },
      cancel: () => this.giveBack(length),
    };
  }

  private run(): void {
    while (this.senders < TOGETHER && this.waiting.length > 0 && !this.abort.signal.aborted) {
      this.senders++;
      void this.sendNext().finally(() => {
        this.senders--;
        this.run();
      });
    }
  }

  /** As many of the waiting as fit into a request, one at least. */
  private async sendNext(): Promise<void> {
    const taken: Waiting[] = [];
    for (let bytes = 0; bytes < REQUEST_BYTES && this.waiting.length > 0; ) {
      const next = this.waiting.shift() as Waiting;
      taken.push(next);
      bytes += next.batch.bytes.length;
    }
    try {
      for (const request of this.requestsOf(taken)) {
        await this.send(request);
        this.spans -= request.spans;
      }
    } finally {
      for (const { batch } of taken) this.giveBack(batch.bytes.length);
    }
  }

  /** The requests that take them. A batch that cannot be written as one is refused, and those beside it go on. */
  private requestsOf(taken: readonly Waiting[]): ForwardRequest[] {
    try {
      return forwardRequests(
        taken.map(({ batch }) => batch),
        this.options.tags,
      );
    } catch (error) {
      if (taken.length > 1) return taken.flatMap((one) => this.requestsOf([one]));
      const spans = taken.reduce((sum, one) => sum + one.spans, 0);
      this.refuse(spans, error, 'spans are stored, but cannot be written for the backend');
      this.spans -= spans;
      return [];
    }
  }

  private refuse(spans: number, error: unknown, message: string): void {
    const { metrics, logger } = this.options;
    logger.warn({ spans, reason: (error as Error).message }, message);
    metrics.spans.inc({ result: 'refused' }, spans);
  }

  /** Resolves when the backend took it, or will never, or the collector is stopped. */
  private async send({ bytes, spans }: ForwardRequest): Promise<void> {
    const { backend, metrics, minBackoffMs, maxBackoffMs } = this.options;
    const { signal } = this.abort;
    for (
      let backoff = minBackoffMs;
      !signal.aborted;
      backoff = Math.min(2 * backoff, maxBackoffMs)
    ) {
      try {
        const rejected = Math.min(spans, await backend.post(bytes, signal));
        metrics.spans.inc({ result: 'ok' }, spans - rejected);
        metrics.spans.inc({ result: 'refused' }, rejected);
        this.showAway(false);
        return;
      } catch (error) {
        if (!(error instanceof BackendError && error.isRepeatable)) {
          this.refuse(spans, error, 'spans are stored, but the backend refuses them');
          return;
        }
        this.showAway(true, error.message);
        metrics.retries.inc();
        const pause = error.retryAfterMs ?? backoff * (0.5 + Math.random());
        await this.rest(Math.min(pause, MAX_RETRY_AFTER_MS));
      }
    }
    metrics.spans.inc({ result: 'dropped' }, spans);
  }

  private async rest(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.abort.signal, ref: false });
    } catch (error) {
      // Waking up early is what `close` wants.
      if ((error as Error).name !== 'AbortError') throw error;
    }
  }

  /** Told when it goes away and when it is back, and not in between. */
  private showAway(isAway: boolean, reason?: string): void {
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    const { logger } = this.options;
    if (isAway)
      logger.warn({ reason }, 'spans are stored, but the backend does not take them; will repeat');
    else logger.info({}, 'the backend takes spans again');
  }

  private giveBack(bytes: number): void {
    this.budget.giveBack(bytes);
    this.showQueue();
  }

  private showQueue(): void {
    this.options.metrics.queueBytes.set(this.budget.bytes);
  }

  /**
   * Sends what waits, until the deadline; then the rest is counted as dropped, and it rejects with `UnfinishedError`. Nothing
   * may be reserved any more.
   */
  async close(deadline: AbortSignal): Promise<void> {
    const { metrics, backend } = this.options;
    await this.budget.idle(this.isAway ? AbortSignal.abort() : deadline);
    const left = this.spans;
    this.abort.abort();
    const waiting = this.waiting.splice(0).reduce((sum, { spans }) => sum + spans, 0);
    metrics.spans.inc({ result: 'dropped' }, waiting);
    backend.close();
    if (left > 0)
      throw new UnfinishedError(`[collector] ${left} spans are stored, but were not forwarded`);
  }
}

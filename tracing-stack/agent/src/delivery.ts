import { allEnd, endsBefore, type Logger, monotonic, UnfinishedError } from '@spoor/platform';
import type { AgentCall } from '@spoor/wire';
import type { ReporterMetrics } from './agent-metrics.ts';
import type { BatchSink } from './batch-sink.ts';
import type { DiskQueue } from './queue/disk-queue.ts';
import type { StoredBatch } from './queue/segment.ts';
import { spill } from './queue/spill.ts';
import { type Waiting, WaitingLine } from './queue/waiting-line.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';
import { SinkError } from './sink-error.ts';

export interface DeliveryOptions {
  readonly sink: BatchSink;
  /** By whose spans they are. */
  readonly metrics: Readonly<Record<AgentCall['model'], ReporterMetrics>>;
  /** Bytes on disk that could not be read. */
  readonly lostBytes?: { inc(bytes: number): void };
  readonly warnings: RepeatedWarnings;
  readonly logger: Logger;
  /** Milliseconds of a clock that nobody sets. */
  readonly clock?: () => number;
  /** Where batches go that cannot be delivered soon. Without it they stay in memory. */
  readonly disk?: DiskQueue | undefined;
  /** How long a batch waits before it is written to the disk. */
  readonly spillAfterMs?: number;
  /** Of batches in memory: beyond them they are written sooner. */
  readonly spillBytes?: number;
  /** How often a batch is tried again before it is given up. Until it is delivered unless given. */
  readonly maxRetries?: number;
  /** Pause when no collector took a batch; each further one is twice as long, up to `maxBackoffMs`. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
}

/** A closed sink answers at once for what is under way; one that does not is not waited for. */
const SINK_CLOSES_WITHIN_MS = 500;

/** The one queue between the receivers and the sink: in memory, then on disk. In the order of arrival. */
export class Delivery {
  private readonly options: Required<Omit<DeliveryOptions, 'disk' | 'lostBytes'>> &
    Pick<DeliveryOptions, 'disk' | 'lostBytes'>;
  /** Tried already, and to be tried again before all others. */
  private readonly front = new WaitingLine();
  /** Read from the disk, and next behind those. */
  private ready: StoredBatch[] = [];
  /** Behind all that is on disk. */
  private readonly memory = new WaitingLine();
  private arrivals = 0;
  private turn = 0;
  private readonly underWay = new Set<Waiting>();
  /** No collector took the last batch: one after the other until one does. */
  private isAway = false;
  private backoff = 0;
  private pause: NodeJS.Timeout | undefined;
  /** The disk is read or written; meanwhile nothing is begun, so that the order stays. */
  private diskWork: Promise<void> | undefined;
  private readonly ticker: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly idle: (() => void)[] = [];

  constructor(options: DeliveryOptions) {
    this.options = {
      clock: monotonic,
      spillAfterMs: 1000,
      spillBytes: Number.POSITIVE_INFINITY,
      maxRetries: Number.POSITIVE_INFINITY,
      minBackoffMs: 100,
      maxBackoffMs: 2000,
      ...options,
    };
    if (options.disk === undefined) return;
    const every = Math.max(1, this.options.spillAfterMs / 4);
    this.ticker = setInterval(() => this.tick(), every).unref();
  }

  /** Begins with what an earlier run left. */
  start(): void {
    this.run();
  }

  /** Batches in memory, those under way among them. */
  get length(): number {
    return this.front.length + this.memory.length + this.underWay.size;
  }

  get diskBytes(): number {
    return this.options.disk?.bytes ?? 0;
  }

  /** Takes a batch. `release` is called when it is not in memory any more: delivered, given up, or on disk. */
  add({ model, batch }: AgentCall, spans: number, release: () => void): void {
    const since = this.options.clock();
    this.memory.add({ order: ++this.arrivals, model, batch, spans, since, tries: 0, release });
    if (this.memory.bytes > this.options.spillBytes) this.spillNow();
    this.run();
  }

  private get isEmpty(): boolean {
    return this.length === 0 && this.ready.length === 0 && !this.options.disk?.hasUnread;
  }

  private run(): void {
    while (!this.closed && this.pause === undefined && this.underWay.size < this.mostCalls()) {
      const next = this.take();
      if (next === undefined) return;
      void this.send(next);
    }
  }

  private mostCalls(): number {
    return this.isAway ? 1 : (this.options.sink.maxCalls ?? Number.POSITIVE_INFINITY);
  }

  private take(): Waiting | undefined {
    if (this.diskWork !== undefined) return undefined;
    const tried = this.front.take();
    if (tried !== undefined) return tried;
    if (this.ready.length === 0 && this.options.disk?.hasUnread) {
      this.onDisk((disk) => this.readMore(disk));
      return undefined;
    }
    const stored = this.ready.shift();
    const next = stored ? this.waitingOf(stored) : this.memory.take();
    // From now on its place is that among those which were tried.
    if (next !== undefined) next.order = ++this.turn;
    return next;
  }

  private waitingOf(stored: StoredBatch): Waiting {
    const { model, batch, spans } = stored;
    const since = this.options.clock();
    return { order: 0, model, batch, spans, since, stored, tries: 0, release: () => undefined };
  }

  private async readMore(disk: DiskQueue): Promise<void> {
    const { batches, lost, error } = await disk.read();
    this.ready = [...batches];
    if (lost === 0) return;
    this.options.lostBytes?.inc(lost);
    const fields = { bytes: lost, ...(error && { reason: error.message }) };
    this.options.warnings.warn('queue lost', fields, 'a file of the queue cannot be read');
  }

  private async send(waiting: Waiting): Promise<void> {
    this.underWay.add(waiting);
    waiting.tries++;
    const failure = await this.options.sink.deliver(waiting.batch).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    // Nobody waits for the answer any more: it was put away.
    if (!this.underWay.delete(waiting)) return;
    if (failure) this.judge(waiting, failure.error);
    else {
      this.isAway = false;
      this.backoff = 0;
      this.settle(waiting, true);
    }
    this.run();
    this.tellIdle();
  }

  private judge(waiting: Waiting, error: unknown): void {
    const { metrics, warnings, maxRetries } = this.options;
    const code = error instanceof SinkError ? error.code : 'refused';
    if (code === 'closed') this.front.add(waiting);
    else if (code === 'again' && waiting.tries <= maxRetries) {
      this.front.add(waiting);
      this.rest();
    } else {
      const { message } = error as Error;
      metrics[waiting.model].batchesFailed.inc();
      metrics[waiting.model].spansFailed.inc(waiting.spans);
      const fields = { reason: message, spans: waiting.spans };
      warnings.warn(`deliver ${code}`, fields, 'batch given up');
      this.settle(waiting, false);
    }
  }

  private settle(waiting: Waiting, isDelivered: boolean): void {
    const { metrics, disk } = this.options;
    if (isDelivered) {
      metrics[waiting.model].batchesSubmitted.inc();
      metrics[waiting.model].spansSubmitted.inc(waiting.spans);
    }
    waiting.release();
    const { stored } = waiting;
    if (stored && disk) disk.done(stored).catch((error: Error) => this.warnOfDisk(error));
  }

  private rest(): void {
    this.isAway = true;
    if (this.pause !== undefined || this.closed) return;
    const { minBackoffMs, maxBackoffMs } = this.options;
    this.backoff = Math.min(Math.max(2 * this.backoff, minBackoffMs), maxBackoffMs);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.run();
    }, this.backoff);
  }

  private tick(): void {
    const { clock, spillAfterMs, disk } = this.options;
    const before = clock() - spillAfterMs;
    if (
      [this.front, this.memory].some(({ first }) => first && !first.stored && first.since <= before)
    ) {
      this.spillNow();
    }
    disk?.savePositions().catch((error: Error) => this.warnOfDisk(error));
  }

  private spillNow(): void {
    this.onDisk((disk) => this.spillTo(disk));
  }

  private async spillTo(disk: DiskQueue): Promise<void> {
    // What was read ahead is behind what was tried, and is read again.
    for (const { segment, start } of this.ready) segment.unread(start);
    this.ready = [];
    const { front, memory } = this;
    const { warnings, spillBytes } = this.options;
    // More may have come meanwhile; a disk that took nothing takes nothing now.
    for (let before = -1; disk.bytes > before && (before < 0 || memory.bytes > spillBytes); ) {
      before = disk.bytes;
      await spill({ front, memory }, disk, warnings);
    }
  }

  /** One thing at a time. */
  private onDisk(work: (disk: DiskQueue) => Promise<void>): void {
    const { disk } = this.options;
    if (disk === undefined || this.diskWork !== undefined || this.closed) return;
    this.diskWork = work(disk)
      .catch((error: Error) => {
        this.warnOfDisk(error);
        this.rest();
      })
      .finally(() => {
        this.diskWork = undefined;
        this.run();
        this.tellIdle();
      });
  }

  private warnOfDisk({ message }: Error): void {
    this.options.warnings.warn('queue', { reason: message }, 'the queue on disk fails');
  }

  /** Delivers what it has, until the deadline. With a disk, and no collector that takes anything, it does not wait. */
  async drain(deadline: AbortSignal): Promise<void> {
    const isHopeless = this.options.disk !== undefined && this.isAway;
    if (!isHopeless) await this.until(() => this.isEmpty, deadline);
  }

  /**
   * Delivers what it has, until the deadline. Then closes the sink, and leaves the rest on disk for the next run. Rejects
   * with `UnfinishedError` if that has no room for all.
   */
  async close(deadline: AbortSignal): Promise<void> {
    const { disk, sink } = this.options;
    await this.drain(deadline);
    this.closed = true;
    clearTimeout(this.pause);
    clearInterval(this.ticker);
    await sink.close();
    await this.diskWork;
    await this.until(() => this.underWay.size === 0, SINK_CLOSES_WITHIN_MS);
    for (const waiting of this.underWay) this.front.add(waiting);
    this.underWay.clear();
    const spilled = disk && this.spillTo(disk);
    await Promise.allSettled([spilled]);
    const lost = this.giveUp();
    // A disk that cannot be closed well loses nothing: what was delivered may be sent again.
    await disk?.close().catch((error: Error) => this.warnOfDisk(error));
    await allEnd([lost && Promise.reject(lost), spilled]);
  }

  /** Counts what was neither delivered nor written. */
  private giveUp(): UnfinishedError | undefined {
    const { metrics, logger } = this.options;
    const lost = [...this.front.takeAll(({ stored }) => !stored), ...this.memory.takeAll()];
    if (lost.length === 0) return undefined;
    for (const { model, spans, release } of lost) {
      metrics[model].batchesFailed.inc();
      metrics[model].spansFailed.inc(spans);
      release();
    }
    const spans = lost.reduce((sum, batch) => sum + batch.spans, 0);
    const batches = lost.length;
    logger.warn({ batches, spans }, 'closed before these batches were delivered');
    return new UnfinishedError(`[agent] lost ${spans} spans in ${batches} batches: not delivered`);
  }

  private async until(isIt: () => boolean, deadline: AbortSignal | number): Promise<void> {
    if (isIt()) return;
    let check = () => {};
    const happened = new Promise<void>((resolve) => {
      check = () => {
        if (isIt()) resolve();
      };
    });
    this.idle.push(check);
    await endsBefore(deadline, happened);
    this.idle.splice(this.idle.indexOf(check), 1);
  }

  private tellIdle(): void {
    for (const check of [...this.idle]) check();
  }
}

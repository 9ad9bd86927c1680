import type { Logger } from '@spoor/platform';
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
  /** Milliseconds since 1970. */
  readonly clock: () => number;
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
  private underWay = 0;
  /** No collector took the last batch: one after the other until one does. */
  private isAway = false;
  private backoff = 0;
  private pause: NodeJS.Timeout | undefined;
  /** The disk is read or written; meanwhile nothing is begun, so that the order stays. */
  private diskWork: Promise<void> | undefined;
  private readonly ticker: NodeJS.Timeout | undefined;
  private closed = false;
  private idle: (() => void)[] = [];

  constructor(options: DeliveryOptions) {
    this.options = {
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
    return this.front.length + this.memory.length + this.underWay;
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
    while (!this.closed && this.pause === undefined && this.underWay < this.mostCalls()) {
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
    this.underWay++;
    waiting.tries++;
    try {
      await this.options.sink.deliver(waiting.batch);
      this.isAway = false;
      this.backoff = 0;
      this.settle(waiting, true);
    } catch (error) {
      this.judge(waiting, error);
    } finally {
      this.underWay--;
      this.run();
      this.tellIdle();
    }
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

  /**
   * Delivers what it has, if a collector takes it and there is time. Then closes the sink, and leaves the rest on disk for
   * the next run.
   */
  async close(milliseconds: number): Promise<void> {
    const { disk, sink, logger } = this.options;
    const isHopeless = disk !== undefined && this.isAway;
    if (!isHopeless) await this.drained(milliseconds);
    this.closed = true;
    clearTimeout(this.pause);
    clearInterval(this.ticker);
    await sink.close();
    await this.diskWork;
    await this.drained(1000, () => this.underWay === 0);
    if (disk !== undefined) {
      await this.spillTo(disk);
      await disk.close();
    }
    const { length } = this;
    if (length > 0) logger.warn({ batches: length }, 'closed before these batches were delivered');
    this.giveUp();
  }

  /** What was neither delivered nor written. */
  private giveUp(): void {
    const { metrics } = this.options;
    const lost = [...this.front.takeAll(({ stored }) => !stored), ...this.memory.takeAll()];
    for (const { model, spans, release } of lost) {
      metrics[model].batchesFailed.inc();
      metrics[model].spansFailed.inc(spans);
      release();
    }
  }

  private drained(milliseconds: number, isIt = () => this.isEmpty): Promise<void> {
    if (isIt()) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const check = () => {
        if (isIt()) done();
      };
      const line = this.idle;
      line.push(check);
      function done() {
        clearTimeout(timer);
        line.splice(line.indexOf(check), 1);
        resolve();
      }
    });
  }

  private tellIdle(): void {
    for (const check of [...this.idle]) check();
  }
}

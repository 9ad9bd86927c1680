import type { KeyValue } from '@spoor/model';
import { ByteBudget, type DoorBook } from '@spoor/platform';
import type { SpanFormat, SpanWriter } from '@spoor/storage-api';
import { clientVersion, type EncodedBatch, spansByService } from '@spoor/wire';
import { CollectorError, rejectReason } from './collector-error.ts';
import type { CollectorMetrics, Transport } from './collector-metrics.ts';
import { doorName } from './door-name.ts';
import type { Forwarder } from './forward/forwarder.ts';

export interface SpanProcessorOptions {
  readonly writer: SpanWriter;
  readonly metrics: CollectorMetrics;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of batches under way; beyond it the sender is told to come back. */
  readonly queueBytes: number;
  readonly queueSpans: number;
  /** For the process of every span. */
  readonly tags: readonly KeyValue[];
  /** Who came by which door; those who came by no port are in the agent's. */
  readonly doors: DoorBook;
  /** Where what is stored goes on to. */
  readonly forwarder?: Pick<Forwarder, 'reserve'> | undefined;
}

/** What every receiver hands its batches to: admits, stores, counts. Nothing waits here but in the store. */
export class SpanProcessor {
  private readonly writer: SpanWriter;
  private readonly metrics: CollectorMetrics;
  private readonly clock: () => number;
  private readonly budget: ByteBudget;
  private readonly queueSpans: number;
  private readonly tags: readonly KeyValue[];
  private readonly doors: DoorBook;
  private readonly forwarder: SpanProcessorOptions['forwarder'];
  private spans = 0;
  private tellStored: (batch: EncodedBatch) => void = () => undefined;
  private closing = false;

  constructor(options: SpanProcessorOptions) {
    const { writer, metrics, clock, queueBytes, queueSpans, tags } = options;
    this.tags = tags;
    this.doors = options.doors;
    this.forwarder = options.forwarder;
    this.writer = writer;
    this.metrics = metrics;
    this.clock = clock;
    this.budget = new ByteBudget(queueBytes);
    this.queueSpans = queueSpans;
    metrics.queueCapacity.set(queueBytes);
  }

  /** `userAgent` as the sender's header says. Resolves once the batch is durable; rejects with the reason if it is not stored. */
  async submit(
    batch: EncodedBatch,
    format: SpanFormat,
    transport: Transport,
    userAgent?: string,
  ): Promise<void> {
    const { count } = batch.index();
    const labels = { format, transport };
    this.metrics.received.inc(labels, count);
    this.metrics.batchSize.set(count);
    if (count === 0) return;
    const door = doorName(format, transport);
    if (door !== undefined) {
      for (const [service, spans] of spansByService(batch))
        this.doors.note(door, service, spans, () => clientVersion(batch, service) ?? userAgent);
    }
    try {
      await this.store(batch, format, count);
      this.tellStored(batch);
    } catch (error) {
      this.metrics.rejected.inc(labels, count);
      this.reject(error, transport);
      throw error;
    }
  }

  /** From now on, `tell` is told each batch that was stored. It must not throw. */
  onStored(tell: (batch: EncodedBatch) => void): void {
    this.tellStored = tell;
  }

  /** Counts a batch that was refused, also one that could not be read. */
  reject(error: unknown, transport: Transport): void {
    this.metrics.batchesRejected.inc({ reason: rejectReason(error), transport });
  }

  private async store(batch: EncodedBatch, format: SpanFormat, count: number): Promise<void> {
    if (this.closing) throw new CollectorError('closing', 'is closing');
    const { length } = batch.bytes;
    this.takeRoom(length, count);
    this.showQueue(1);
    try {
      const reservation = this.forwarder?.reserve(batch, count);
      try {
        await this.write(batch, format, count);
      } catch (error) {
        reservation?.cancel();
        throw error;
      }
      reservation?.forward();
    } finally {
      this.spans -= count;
      this.budget.giveBack(length);
      this.showQueue(-1);
    }
  }

  private async write(batch: EncodedBatch, format: SpanFormat, count: number): Promise<void> {
    const endTimer = this.metrics.saveLatency.startTimer();
    try {
      await this.writer.write({
        batch,
        format,
        addedTags: this.tags,
        arrivalTime: this.clock() * 1000,
      });
      this.metrics.saved.inc({ result: 'ok' }, count);
    } catch (error) {
      this.metrics.saved.inc({ result: 'err' }, count);
      throw error;
    } finally {
      endTimer();
    }
  }

  /** Throws if so much has no room now. While nothing is under way, a batch of any size has. */
  private takeRoom(bytes: number, spans: number): void {
    if (this.spans > 0 && this.spans + spans > this.queueSpans) {
      const message = `${this.spans} of ${this.queueSpans} spans wait for the store`;
      throw new CollectorError('queue-full', message);
    }
    if (!this.budget.tryTake(bytes)) {
      const { bytes: held, maxBytes } = this.budget;
      throw new CollectorError('queue-full', `${held} of ${maxBytes} bytes wait for the store`);
    }
    this.spans += spans;
  }

  private showQueue(change: 1 | -1): void {
    this.metrics.queueLength.inc(change);
    this.metrics.queueBytes.set(this.budget.bytes);
  }

  /** Takes nothing more, and waits for what is under way: `false` if some still was after `milliseconds`. */
  close(milliseconds: number): Promise<boolean> {
    this.closing = true;
    return this.budget.idle(milliseconds);
  }
}

import type { KeyValue } from '@spoor/model';
import { ByteBudget, type DoorBook, type Logger, UnfinishedError } from '@spoor/platform';
import type { SpanFormat, SpanWriter } from '@spoor/storage-api';
import { clientVersion, type EncodedBatch, type MessageRing, type WireMessage } from '@spoor/wire';
import { CollectorError, rejectReason } from './collector-error.ts';
import type { CollectorMetrics, Observer, Transport } from './collector-metrics.ts';
import { type DoorPorts, doorName, doorPort } from './door-name.ts';
import type { Forwarder } from './forward/forwarder.ts';
import { type SpanTally, spansOf, tallySpans } from './span-tally.ts';
import { StoreLog } from './store-log.ts';

export interface SpanProcessorOptions {
  readonly writer: SpanWriter;
  readonly metrics: CollectorMetrics;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of batches under way; beyond it the sender is told to come back. */
  readonly queueBytes: number;
  readonly queueSpans: number;
  /** For the process of every span. */
  readonly tags: readonly KeyValue[];
  /** Who came by which door; those who came by no port are in the agent's. */
  readonly doors: DoorBook;
  /** The doors' ports, each from when it is open on. */
  readonly ports: DoorPorts;
  /** Where what is stored goes on to. */
  readonly forwarder?: Pick<Forwarder, 'reserve'> | undefined;
  readonly ring?: MessageRing | undefined;
}

/** What is known of who brings a batch over a port. */
export interface Delivered {
  /** What carried it; with the first one only if it brings several. */
  readonly message?: WireMessage | undefined;
  /** Of all spans in the message, if it brings further batches. */
  readonly traceIds?: Uint8Array | undefined;
  /** As the sender's header says. */
  readonly userAgent?: string | undefined;
}

/** A batch on its way to the store. */
interface Arrival {
  readonly batch: EncodedBatch;
  readonly format: SpanFormat;
  readonly transport: Transport;
  readonly count: number;
  readonly tally: SpanTally;
  /** By the clock of `performance`. */
  readonly arrived: number;
}

/** What every receiver hands its batches to: admits, stores, counts. Nothing waits here but in the store. */
export class SpanProcessor {
  private readonly writer: SpanWriter;
  private readonly metrics: CollectorMetrics;
  private readonly logger: Logger;
  private readonly storeLog: StoreLog;
  private readonly clock: () => number;
  private readonly budget: ByteBudget;
  private readonly queueSpans: number;
  private readonly tags: readonly KeyValue[];
  private readonly doors: DoorBook;
  private readonly ports: DoorPorts;
  private readonly forwarder: SpanProcessorOptions['forwarder'];
  private readonly ring: MessageRing | undefined;
  private spans = 0;
  private tellStored: (batch: EncodedBatch) => void = () => undefined;
  private closing = false;

  constructor(options: SpanProcessorOptions) {
    const { writer, metrics, logger, clock, queueBytes, queueSpans, tags } = options;
    this.tags = tags;
    this.doors = options.doors;
    this.ports = options.ports;
    this.forwarder = options.forwarder;
    this.ring = options.ring;
    this.writer = writer;
    this.metrics = metrics;
    this.logger = logger;
    this.storeLog = new StoreLog(logger);
    this.clock = clock;
    this.budget = new ByteBudget(queueBytes);
    this.queueSpans = queueSpans;
    metrics.queueCapacity.set(queueSpans);
    metrics.queueCapacityBytes.set(queueBytes);
  }

  /** Whether what carries batches is kept for a while. */
  get keepsMessages(): boolean {
    return this.ring?.isOn ?? false;
  }

  /** Resolves once the batch is durable; rejects with the reason if it is not stored. */
  async submit(
    batch: EncodedBatch,
    format: SpanFormat,
    transport: Transport,
    delivered: Delivered = {},
  ): Promise<void> {
    const arrived = performance.now();
    const index = batch.index();
    const { count } = index;
    const way = { format, transport };
    const tally = tallySpans(index);
    this.metrics.received.of(way).add(tally);
    this.metrics.batchSize.set(count);
    this.keepMessage(delivered, way, index.traceIds);
    if (count === 0) return;
    const door = doorName(format, transport, this.ports);
    if (door !== undefined) {
      this.observe('doors', () => this.noteDoor(door, batch, tally, delivered.userAgent));
    }
    try {
      await this.store({ batch, format, transport, count, tally, arrived });
    } catch (error) {
      this.metrics.rejected.of(way).add(tally);
      if (rejectReason(error) === 'queue-full') this.metrics.dropped.inc(count);
      this.reject(error, transport);
      throw error;
    }
    this.observe('sampling', () => this.tellStored(batch));
  }

  private keepMessage(
    { message, traceIds }: Delivered,
    { format, transport }: Pick<Arrival, 'format' | 'transport'>,
    ownTraceIds: Uint8Array,
  ): void {
    if (message === undefined || transport === 'in-process') return;
    const port = doorPort(format, transport, this.ports) ?? 0;
    const ids = traceIds ?? ownTraceIds;
    this.observe('wire', () => this.ring?.keep(message, { transport, port }, ids));
  }

  private noteDoor(
    door: string,
    batch: EncodedBatch,
    tally: SpanTally,
    userAgent: string | undefined,
  ): void {
    for (const [name, counts] of tally) {
      const service = name ?? '';
      const version = () => clientVersion(batch, service) ?? userAgent;
      this.doors.note(door, service, spansOf(counts), version);
    }
  }

  /** Tells one that only watches. If it falls over the batch, that is counted, and the sender's answer is what it is. */
  private observe(observer: Observer, tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.metrics.observerErrors.inc({ observer });
      const { message: reason } = error as Error;
      this.logger.error({ observer, reason }, 'a batch was not counted by what watches');
    }
  }

  /** From now on, `tell` is told each batch that was stored. */
  onStored(tell: (batch: EncodedBatch) => void): void {
    this.tellStored = tell;
  }

  /** Counts a batch that was refused, also one that could not be read. */
  reject(error: unknown, transport: Transport): void {
    this.metrics.batchesRejected.inc({ reason: rejectReason(error), transport });
  }

  private async store(arrival: Arrival): Promise<void> {
    const { batch, count } = arrival;
    if (this.closing) throw new CollectorError('closing', 'is closing');
    const { length } = batch.bytes;
    this.takeRoom(length, count);
    this.showQueue();
    try {
      const reservation = this.forwarder?.reserve(batch, count);
      try {
        await this.write(arrival);
      } catch (error) {
        reservation?.cancel();
        throw error;
      }
      reservation?.forward();
    } finally {
      this.spans -= count;
      this.budget.giveBack(length);
      this.showQueue();
    }
  }

  private async write({ batch, format, transport, tally, arrived }: Arrival): Promise<void> {
    const { inQueueLatency, saveLatency, bytes, saved } = this.metrics;
    inQueueLatency.observe((performance.now() - arrived) / 1000);
    bytes.inc(batch.bytes.length);
    const endTimer = saveLatency.startTimer();
    try {
      await this.writer.write({
        batch,
        format,
        overTChannel: transport === 'tchannel',
        addedTags: this.tags,
        arrivalTime: this.clock() * 1000,
      });
      saved.ok.add(tally);
      this.storeLog.stored();
    } catch (error) {
      saved.err.add(tally);
      this.storeLog.failed(error);
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

  private showQueue(): void {
    this.metrics.queueLength.set(this.spans);
    this.metrics.queueBytes.set(this.budget.bytes);
  }

  /**
   * Takes nothing more, and waits for what is under way, until the deadline. Rejects with `UnfinishedError` if some still is:
   * it may be stored, but its senders were not told so.
   */
  async close(deadline: AbortSignal): Promise<void> {
    this.closing = true;
    if (await this.budget.idle(deadline)) return;
    const spans = `${this.spans} spans were on their way to the store, which did not answer`;
    throw new UnfinishedError(`[collector] ${spans}: not acknowledged, stored or not`);
  }
}

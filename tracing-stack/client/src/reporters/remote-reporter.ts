import { setTimeout as wait } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import type { Counters } from '../counters.ts';
import { forgo, sayAtExit } from '../last-words.ts';
import { type Complain, complainOnce, type Logger, reasonOf } from '../logger.ts';
import { Packer } from '../senders/packer.ts';
import { halvesOf, type Packet } from '../senders/packet.ts';
import { COMPACT_DATAGRAM, type PacketFormat } from '../senders/packet-format.ts';
import type { Sender } from '../senders/sender.ts';
import type { Reporter } from './reporter.ts';

export interface RemoteReporterOptions {
  readonly sender: Sender;
  readonly counters: Counters;
  readonly logger: Logger;
  /** Milliseconds that a span waits at most for others to travel with. */
  readonly flushInterval?: number | undefined;
  /** Datagrams for an agent if not given. */
  readonly format?: PacketFormat | undefined;
  /** Bytes of a packet, if less than the format allows. */
  readonly maxPacketSize?: number | undefined;
  /** Bytes of spans that were reported and neither sent nor given up yet. Spans that come while there are more are dropped. */
  readonly maxQueueBytes?: number | undefined;
  /** The same in spans, so many and no more; as many as there is room for if not given. */
  readonly maxQueueSpans?: number | undefined;
  /** Lets so many milliseconds pass between two packets. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
  /** Milliseconds that `close` waits for packets to be taken. What is left then is dropped. */
  readonly closeTimeout?: number | undefined;
}

/**
 * Milliseconds between two datagrams. An agent's socket holds few of this size, so a burst of them, sent at once, would
 * be lost in the kernel before the agent can read.
 */
const PAUSE = 1;

/** Sends spans in the background: when a packet is full, and about once a second. */
export class RemoteReporter implements Reporter {
  private readonly sender: Sender;
  private readonly counters: Counters;
  private readonly complain: Complain;
  private readonly format: PacketFormat;
  private readonly packer: Packer;
  private readonly flushInterval: number;
  private readonly maxQueueBytes: number;
  private readonly maxQueueSpans: number;
  private readonly closeTimeout: number;
  private readonly pause: (milliseconds: number) => Promise<unknown>;
  private readonly queue: Packet[] = [];
  /** Of the packets in the queue, and of that which the sender has. */
  private queueBytes = 0;
  private queueSpans = 0;
  /** Spans that are packed, queued or with the sender. */
  private waiting = 0;
  private seqNo = 0;
  private timer: NodeJS.Timeout | undefined;
  private draining: Promise<void> | undefined;
  private closing: Promise<void> | undefined;
  private readonly tellWhatWaits: () => void;

  constructor(options: RemoteReporterOptions) {
    this.sender = options.sender;
    this.counters = options.counters;
    this.complain = complainOnce(options.logger);
    this.tellWhatWaits = () => {
      const spans = this.waiting === 1 ? '1 span' : `${this.waiting} spans`;
      options.logger.error(
        `[client] ${spans} had not been sent at the exit: close() waits until they are`,
      );
    };
    this.flushInterval = options.flushInterval ?? 1000;
    this.maxQueueBytes = options.maxQueueBytes ?? 16 * 1024 * 1024;
    this.maxQueueSpans = options.maxQueueSpans ?? Number.POSITIVE_INFINITY;
    this.closeTimeout = options.closeTimeout ?? 10_000;
    this.pause = options.pause ?? wait;
    const format = options.format ?? COMPACT_DATAGRAM;
    this.format = { ...format, maxSize: options.maxPacketSize ?? format.maxSize };
    this.packer = new Packer(this.format, (packet) => {
      this.enqueue(packet);
      this.draining ??= this.drain();
    });
  }

  report(span: Span): void {
    if (this.closing) this.drop('droppedClosed', 1, 'a span was finished after close');
    else if (this.isFull()) {
      this.drop('droppedQueueFull', 1, 'spans come faster than they can be sent');
    } else {
      this.pack(span);
      // No other will come to travel with those that wait.
      if (this.isFull()) this.sendPacked();
    }
  }

  private isFull(): boolean {
    if (this.queueSpans + this.packer.count >= this.maxQueueSpans) return true;
    return this.queueBytes + this.packer.bytes > this.maxQueueBytes;
  }

  /** Resolves when everything reported so far was taken by the sender, or counted as dropped. Never rejects. */
  async flush(): Promise<void> {
    this.sendPacked();
    await this.draining;
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.sendPacked();
    // Whoever waits for close keeps the process for it, whatever a sender's connections do.
    const deadline = new AbortController();
    const late = wait(this.closeTimeout, undefined, { signal: deadline.signal }).catch(() => {});
    await Promise.race([this.draining, late]);
    deadline.abort();
    await this.sender.close().catch((error: unknown) => {
      this.complain('close', `the sender did not close: ${reasonOf(error)}`);
    });
    await this.draining;
  }

  private pack(span: Span): void {
    try {
      if (!this.packer.add(span)) {
        const { unit } = this.format;
        this.drop('droppedTooLarge', 1, `span ${span.operationName} is too large for a ${unit}`);
      } else this.countWaiting(1);
    } catch (error) {
      this.drop('droppedUnencodable', 1, `span ${span.operationName}: ${error}`);
    }
    // Whoever leaves without close loses the last second, as of any Jaeger client, and is told: the timer holds no process.
    this.timer ??= setTimeout(() => this.sendPacked(), this.flushInterval).unref();
  }

  private sendPacked(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.packer.flush();
  }

  private async drain(): Promise<void> {
    for (let packet = this.queue.shift(); packet; packet = this.queue.shift()) {
      await this.deliver(packet);
      if (this.queue.length > 0) await this.pause(PAUSE);
    }
    this.draining = undefined;
  }

  private async deliver(packet: Packet): Promise<void> {
    const spans = packet.spans.length;
    this.seqNo = (this.seqNo + 1) >>> 0;
    try {
      await this.sender.send(this.format.join(packet.process, packet.spans, this.seqNo));
      this.countWaiting(-spans);
      this.counters.reported += spans;
      this.counters.packets++;
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'EMSGSIZE';
      if (isTooLarge && spans > 1) this.splitAndRetry(packet);
      else this.giveUp(spans, isTooLarge, reasonOf(error));
    } finally {
      this.countQueued(packet, -1);
    }
  }

  private giveUp(spans: number, isTooLarge: boolean, reason: string): void {
    this.countWaiting(-spans);
    if (isTooLarge) this.drop('droppedTooLarge', spans, `a span was not sent: ${reason}`);
    else this.drop('droppedUnsent', spans, `spans were not sent: ${reason}`);
  }

  /** Some systems take less than UDP allows (macOS 9,216 bytes), and some proxies less than ours. The halves go next. */
  private splitAndRetry(packet: Packet): void {
    const [first, second] = halvesOf(packet, this.format);
    this.queue.unshift(first, second);
    this.countQueued(first, 1);
    this.countQueued(second, 1);
  }

  private enqueue(packet: Packet): void {
    this.queue.push(packet);
    this.countQueued(packet, 1);
  }

  private countQueued({ size, spans }: Packet, sign: 1 | -1): void {
    this.queueBytes += sign * size;
    this.queueSpans += sign * spans.length;
  }

  private countWaiting(change: number): void {
    if (this.waiting === 0) sayAtExit(this.tellWhatWaits);
    this.waiting += change;
    this.counters.waiting += change;
    if (this.waiting === 0) forgo(this.tellWhatWaits);
  }

  private drop(counter: DropCounter, spans: number, message: string): void {
    this.counters[counter] += spans;
    this.complain(counter, message);
  }
}

type DropCounter = Extract<keyof Counters, `dropped${string}`>;

import type { Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import type { SpanName } from './compare.ts';

/** A trace, and a packet. */
export const SPANS_A_PACKET = 10;
const TICK_MS = 10;
const TELL_MS = 60_000;

/** Sends traces of usual spans, one a packet, and notes their names. */
export class PacketSender {
  private readonly random;
  private readonly socket: Socket;
  private readonly port: number;
  private readonly sent: SpanName[];
  private packets = 0;

  constructor(socket: Socket, port: number, sent: SpanName[], seed = 10) {
    this.random = seededRandom(seed);
    this.socket = socket;
    this.port = port;
    this.sent = sent;
  }

  async atRate(rate: number, seconds: number, tell?: () => Promise<void>): Promise<void> {
    const began = performance.now();
    let told = began;
    for (let packets = 0, due = 0; packets < (rate * seconds) / SPANS_A_PACKET; ) {
      await sleep(TICK_MS);
      const now = performance.now();
      due = Math.min(now - began, 1000 * seconds) * (rate / SPANS_A_PACKET / 1000);
      for (; packets < due; packets++) await this.packet();
      if (now - told < TELL_MS) continue;
      told = now;
      await tell?.();
    }
  }

  async packet(): Promise<void> {
    const spans = usualSpans(this.random, SPANS_A_PACKET, 'outage');
    const [{ process }] = spans as [Span];
    const bytes = encodeEmitBatch(process, spans, ++this.packets);
    await new Promise<void>((resolve, reject) => {
      this.socket.send(bytes, this.port, '127.0.0.1', (error) =>
        error ? reject(error) : resolve(),
      );
    });
    for (const { traceId, spanId } of spans) this.sent.push({ traceId, spanId });
  }
}

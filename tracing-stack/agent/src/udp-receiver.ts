import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DecodeError, decodeEmitBatch, type EncodedBatch } from '@spoor/wire';
import type { UdpMetrics } from './agent-metrics.ts';
import type { HandOver } from './hand-over.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';

export interface UdpReceiverOptions {
  readonly socket: Socket;
  readonly handOver: HandOver;
  readonly metrics: UdpMetrics;
  readonly warnings: RepeatedWarnings;
  readonly maxPacketSize: number;
}

/** What Linux needs at least to hold a packet, beside its bytes. */
const KERNEL_OVERHEAD_BYTES = 512;

/** Why a packet's spans were lost. */
type RejectReason = 'too-large' | 'queue-full' | 'internal' | DecodeError['code'];

/** Takes compact jaeger.thrift packets off a socket. Whatever comes in, the process lives: what is bad is counted. */
export class UdpReceiver {
  private readonly options: UdpReceiverOptions;
  /** Of everything received, as the kernel counts it against the receive buffer. */
  private kernelBytes = 0;

  constructor(options: UdpReceiverOptions) {
    this.options = options;
    const { socket, metrics, warnings } = options;
    socket.on('message', (packet) => this.take(packet));
    socket.on('error', (error) => {
      metrics.readErrors.inc();
      warnings.warn('socket', { reason: error.message }, 'error while reading UDP packets');
    });
  }

  private take(packet: Buffer): void {
    const { handOver, metrics, maxPacketSize } = this.options;
    this.kernelBytes += packet.length + KERNEL_OVERHEAD_BYTES;
    metrics.packetSize.set(packet.length);
    if (packet.length > maxPacketSize) {
      metrics.readErrors.inc();
      this.reject('too-large', packet, `larger than ${maxPacketSize} bytes`);
      return;
    }
    if (!handOver.admit(packet.length)) {
      metrics.dropped.inc();
      this.reject('queue-full', packet, 'too much waits for the collector already');
      return;
    }
    metrics.processed.inc();
    const batch = this.decode(packet);
    if (batch === undefined) {
      handOver.refuse(packet.length);
      return;
    }
    void handOver.deliver(batch, packet.length).then(() => metrics.queueSize.set(handOver.length));
    metrics.queueSize.set(handOver.length);
  }

  private decode(packet: Buffer): EncodedBatch | undefined {
    try {
      return decodeEmitBatch(packet);
    } catch (error) {
      this.options.metrics.handlerErrors.inc();
      // Anything but a DecodeError is a defect of the decoder; no packet may end the process for it.
      const reason = error instanceof DecodeError ? error.code : 'internal';
      this.reject(reason, packet, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private reject(reason: RejectReason, packet: Buffer, explanation: string): void {
    const { metrics, warnings } = this.options;
    metrics.rejected.inc({ protocol: 'compact', reason });
    warnings.warn(reason, { bytes: packet.length, reason: explanation }, 'packet dropped');
  }

  /**
   * Takes what the kernel holds already, then stops listening. While more keeps coming it ends after as many bytes as
   * the kernel can have held.
   */
  async close(): Promise<void> {
    const { socket } = this.options;
    const until = this.kernelBytes + socket.getRecvBufferSize();
    let before: number;
    do {
      before = this.kernelBytes;
      // Between two turns of the event loop the socket is read: at most 32 packets, none only if there are none.
      await nextTurn();
      await nextTurn();
    } while (this.kernelBytes !== before && this.kernelBytes < until);
    socket.close();
    await once(socket, 'close');
  }
}

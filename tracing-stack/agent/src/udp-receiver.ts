import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger, Metrics } from '@spoor/platform';
import {
  type AgentCall,
  clientVersion,
  DecodeError,
  type MessageRing,
  spansByService,
} from '@spoor/wire';
import { type UdpMetrics, udpMetrics } from './agent-metrics.ts';
import type { ClientStats } from './client-stats.ts';
import type { HandOver } from './hand-over.ts';
import { kernelDrops } from './kernel-drops.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';
import { spokenAs, UDP_PROCESSORS, type UdpProcessorName } from './udp-processors.ts';
import { bindUdp } from './udp-socket.ts';

/** Jaeger's own default, and what its clients keep their packets below. */
export const MAX_PACKET_SIZE = 65_000;

/** Of the socket: what 100,000 spans a second need to survive a pause of the process. */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export interface UdpReceiverOptions {
  /** Empty for every interface. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly handOver: HandOver;
  readonly clients: Pick<ClientStats, 'note'>;
  /** Keeps the packets that could be read. */
  readonly ring?: Pick<MessageRing, 'keep'> | undefined;
  readonly metrics: Metrics;
  readonly warnings: RepeatedWarnings;
  readonly logger: Logger;
  /** Larger packets are dropped and counted. */
  readonly maxPacketSize?: number;
  /** Of the socket; the kernel may give less, which is logged. */
  readonly receiveBufferBytes?: number;
  /** Packets that may wait. No limit of its own unless given. */
  readonly queueSize?: number;
}

/** Binds a UDP port and hands over what comes in. Rejects with a `UserError` that says who holds the port. */
export async function startReceiver(
  name: UdpProcessorName,
  options: UdpReceiverOptions,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const { host, port, logger, handOver, warnings, clients, ring } = options;
  const { maxPacketSize = MAX_PACKET_SIZE, receiveBufferBytes = RECEIVE_BUFFER_BYTES } = options;
  const { queueSize = Number.POSITIVE_INFINITY } = options;
  const { decode, flags, shown, protocol, layout } = UDP_PROCESSORS[name];
  const flag = `${flags}.server-host-port`;
  const socket = await bindUdp({ host, port, flag, receiveBufferBytes, logger });
  const bound = socket.address().port;
  const metrics = udpMetrics(options.metrics, name);
  options.metrics.onRead(async () => {
    const drops = await kernelDrops(bound);
    if (drops !== undefined) metrics.kernelDropped.set(drops);
  });
  const { doors } = options.metrics;
  const receiver = new UdpReceiver({
    note({ batch, model }, packet, sender) {
      const door = `UDP ${bound}, ${spokenAs({ model, protocol })}`;
      for (const [service, spans] of spansByService(batch))
        doors.note(door, service, spans, () => clientVersion(batch, service));
      const { client, traceIds } = batch.index();
      if (client) clients.note(client);
      const message = { layout, bytes: packet, sender, request: '' };
      ring?.keep(message, { transport: 'udp', port: bound }, traceIds);
    },
    protocol: shown,
    decode,
    socket,
    handOver,
    metrics,
    warnings,
    maxPacketSize,
    queueSize,
  });
  return {
    port: bound,
    async close() {
      const started = performance.now();
      await receiver.close();
      metrics.closeTime.observe((performance.now() - started) / 1000);
    },
  };
}

/** What Linux needs at least to hold a packet, beside its bytes. */
const KERNEL_OVERHEAD_BYTES = 512;

/** Why a packet's spans were lost. */
type RejectReason = 'too-large' | 'queue-full' | 'internal' | DecodeError['code'];

interface Reception {
  /** Told each call that could be read. */
  readonly note: (call: AgentCall, packet: Buffer, sender: RemoteInfo) => void;
  /** As the log and our own counters name the port. */
  readonly protocol: string;
  readonly decode: (packet: Uint8Array) => AgentCall;
  readonly socket: Socket;
  readonly handOver: HandOver;
  readonly metrics: UdpMetrics;
  readonly warnings: RepeatedWarnings;
  readonly maxPacketSize: number;
  readonly queueSize: number;
}

/** Takes the packets of one port off a socket. Whatever comes in, the process lives: what is bad is counted. */
class UdpReceiver {
  private readonly options: Reception;
  /** Of everything received, as the kernel counts it against the receive buffer. */
  private kernelBytes = 0;
  /** Packets taken and not yet delivered. */
  private waiting = 0;

  constructor(options: Reception) {
    this.options = options;
    const { protocol, socket, metrics, warnings } = options;
    socket.on('message', (packet, sender) => this.take(packet, sender));
    socket.on('error', (error) => {
      metrics.readErrors.inc();
      warnings.warn(
        `${protocol} socket`,
        { protocol, reason: error.message },
        'error while reading UDP packets',
      );
    });
  }

  private take(packet: Buffer, sender: RemoteInfo): void {
    const { handOver, metrics, maxPacketSize, queueSize } = this.options;
    this.kernelBytes += packet.length + KERNEL_OVERHEAD_BYTES;
    metrics.packetSize.set(packet.length);
    if (packet.length > maxPacketSize) {
      metrics.readErrors.inc();
      this.reject('too-large', packet, `larger than ${maxPacketSize} bytes`);
      return;
    }
    if (this.waiting >= queueSize || !handOver.admit(packet.length)) {
      metrics.dropped.inc();
      this.reject('queue-full', packet, 'too much waits for the collector already');
      return;
    }
    metrics.processed.inc();
    const call = this.read(packet, sender);
    if (call === undefined) {
      handOver.refuse(packet.length);
      return;
    }
    metrics.queueSize.set(++this.waiting);
    void handOver.deliver(call, packet.length).then(() => metrics.queueSize.set(--this.waiting));
  }

  private read(packet: Buffer, sender: RemoteInfo): AgentCall | undefined {
    try {
      const call = this.options.decode(packet);
      this.options.note(call, packet, sender);
      return call;
    } catch (error) {
      this.options.metrics.handlerErrors.inc();
      // Anything but a DecodeError is a defect of ours; no packet may end the process for it.
      const reason = error instanceof DecodeError ? error.code : 'internal';
      this.reject(reason, packet, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  private reject(reason: RejectReason, packet: Buffer, explanation: string): void {
    const { protocol, metrics, warnings } = this.options;
    metrics.rejected.inc({ protocol, reason });
    const fields = { protocol, bytes: packet.length, reason: explanation };
    warnings.warn(`${protocol} ${reason}`, fields, 'packet dropped');
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

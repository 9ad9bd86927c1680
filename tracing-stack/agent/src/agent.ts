import type { Logger, Metrics } from '@spoor/platform';
import { reporterMetrics, udpMetrics } from './agent-metrics.ts';
import type { BatchSink } from './batch-sink.ts';
import { HandOver } from './hand-over.ts';
import { kernelDrops } from './kernel-drops.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';
import { UdpReceiver } from './udp-receiver.ts';
import { bindUdp } from './udp-socket.ts';

/** Jaeger's own default, and what its clients keep their packets below. */
export const MAX_PACKET_SIZE = 65_000;
/** A thousand full packets, so that a collector may be away for a while. */
export const QUEUE_BYTES = 64 * 1024 * 1024;

/** Of the socket: what 100,000 spans a second need to survive a pause of the process. */
export const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export interface AgentOptions {
  /** Empty for every interface. */
  readonly host: string;
  /** UDP, jaeger.thrift over compact Thrift; 0 takes any free port. */
  readonly compactPort: number;
  /** Closed with the agent. */
  readonly sink: BatchSink;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Larger packets are dropped and counted. */
  readonly maxPacketSize?: number;
  /** Of the socket; the kernel may give less, which is logged. */
  readonly receiveBufferBytes?: number;
  /** Bytes of packets that may wait for the sink; beyond them packets are dropped and counted. */
  readonly queueBytes?: number;
  /** How long `close` tries to deliver what was received. */
  readonly closeWithinMs?: number;
}

export interface Agent {
  readonly ports: { readonly compact: number };
  /** Stops receiving, delivers what it holds, then closes the sink. */
  close(): Promise<void>;
}

/** Starts Jaeger's agent: UDP packets in, batches to the sink. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const {
    host,
    sink,
    logger,
    clock = Date.now,
    maxPacketSize = MAX_PACKET_SIZE,
    receiveBufferBytes = RECEIVE_BUFFER_BYTES,
    queueBytes = QUEUE_BYTES,
    closeWithinMs = 4000,
  } = options;
  const socket = await bindUdp({
    host,
    port: options.compactPort,
    flag: 'processor.jaeger-compact.server-host-port',
    receiveBufferBytes,
    logger,
  });
  const { port } = socket.address();

  const metrics = udpMetrics(options.metrics);
  options.metrics.onRead(async () => {
    const drops = await kernelDrops(port);
    if (drops !== undefined) metrics.kernelDropped.set(drops);
  });
  const warnings = new RepeatedWarnings(logger, clock);
  const reporter = reporterMetrics(options.metrics, sink.protocol ?? 'in-process');
  const handOver = new HandOver({ sink, metrics: reporter, warnings, logger, queueBytes });
  const receiver = new UdpReceiver({ socket, handOver, metrics, warnings, maxPacketSize });
  logger.info({ compactPort: port }, 'agent takes spans');

  async function stop(): Promise<void> {
    await receiver.close();
    await handOver.close(closeWithinMs);
  }
  let stopping: Promise<void> | undefined;
  return {
    ports: { compact: port },
    close() {
      stopping ??= stop();
      return stopping;
    },
  };
}

import type { KeyValue } from '@spoor/model';
import {
  allEnd,
  closeDeadline,
  type HostPort,
  type HttpServer,
  type Logger,
  type Metrics,
  startTogether,
} from '@spoor/platform';
import type { MessageRing } from '@spoor/wire';
import { queueMetrics, reporterMetrics } from './agent-metrics.ts';
import { withBaggageFile } from './baggage-file.ts';
import type { BatchSink } from './batch-sink.ts';
import { ClientStats } from './client-stats.ts';
import type { ConfigSource } from './config-source.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { HandOver } from './hand-over.ts';
import { startConfigServer } from './http/config-server.ts';
import { openDisk, type QueueOptions } from './queue/open-disk.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';
import type { UdpProcessorName } from './udp-processors.ts';
import { startReceiver } from './udp-receiver.ts';

/** A thousand full packets, so that a collector may be away for a while. */
export const QUEUE_BYTES = 64 * 1024 * 1024;

/** A span is seen well within a tenth of a second, and a store has 50 groups a second to flush at most. */
const GATHER_MS = 20;

/** One UDP port. */
export interface UdpPortOptions {
  /** Empty for every interface. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Larger packets are dropped and counted. */
  readonly maxPacketSize?: number;
  /** Of the socket; the kernel may give less, which is logged. */
  readonly receiveBufferBytes?: number;
  /** Packets of this port that may wait for the sink. As many as `queueBytes` holds unless given. */
  readonly queueSize?: number;
}

export interface AgentOptions {
  /** For jaeger.thrift in compact Thrift. */
  readonly compact: UdpPortOptions;
  /** For jaeger.thrift in binary Thrift. */
  readonly binary: UdpPortOptions;
  /** Where clients ask how to sample, over HTTP. Nowhere unless given. */
  readonly http?: HostPort;
  /** For zipkincore.thrift in compact Thrift. */
  readonly zipkin: UdpPortOptions;
  /** Closed with the agent. */
  readonly sink: BatchSink;
  /** Knows what clients ask for. */
  readonly config: ConfigSource;
  /** A file of baggage restrictions, which are then not asked of `config`. */
  readonly baggageRestrictionsFile?: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Bytes of packets that may wait for the sink in memory; beyond them packets are dropped and counted. */
  readonly queueBytes?: number;
  /** Where batches wait that cannot be delivered soon. In memory only unless given. */
  readonly disk?: QueueOptions;
  /** How delivery goes on when the sink does not take a batch. */
  readonly retry?: Pick<
    DeliveryOptions,
    'maxRetries' | 'minBackoffMs' | 'maxBackoffMs' | 'spillAfterMs'
  >;
  /** Added to the process of every batch. */
  readonly tags?: readonly KeyValue[];
  /** How long a batch waits for others to go with to the sink. */
  readonly gatherMs?: number;
  /** Keeps the packets as they came. */
  readonly ring?: MessageRing | undefined;
}

/** Bytes that wait, and that may wait. */
export interface QueueState {
  readonly memoryBytes: number;
  readonly memoryCapacity: number;
  readonly diskBytes: number;
  /** 0 without a disk. */
  readonly diskCapacity: number;
}

export interface Agent {
  readonly ports: Readonly<Record<UdpProcessorName, number>> & { readonly http?: number };
  /** What waits for the sink. */
  queue(): QueueState;
  /**
   * Stops receiving, delivers what it holds until the deadline, puts the rest on disk, and closes the sink. Rejects with
   * `UnfinishedError` if there was no room for it on disk.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

/** Starts Jaeger's agent: UDP packets in, batches to the sink. If a port cannot be bound, the sink is closed. */
export function startAgent(options: AgentOptions): Promise<Agent> {
  const { sink, logger, queueBytes = QUEUE_BYTES, gatherMs = GATHER_MS, tags = [] } = options;
  const warnings = new RepeatedWarnings(logger);
  const metrics = reporterMetrics(options.metrics, sink.protocol ?? 'in-process');
  return startTogether(async (own) => {
    own(sink);
    const disk = options.disk && (await openDisk(options.disk, logger));
    const shown = queueMetrics(options.metrics);
    const delivery = new Delivery({
      ...options.retry,
      ...{ sink, metrics, warnings, logger, disk, lostBytes: shown.lostBytes },
      spillBytes: queueBytes / 2,
    });
    const handOver = new HandOver({ delivery, metrics, warnings, queueBytes, gatherMs, tags });
    let http: HttpServer | undefined;
    own({
      async close(deadline = closeDeadline()) {
        await handOver.gatheredAll();
        // Both wait for collectors, at the same time; clients are answered over what delivery closes.
        const answered = http?.close(deadline);
        const settled = Promise.allSettled([answered, delivery.drain(deadline)]);
        await allEnd([answered, settled.then(() => delivery.close(deadline))]);
      },
    });
    const queue = (): QueueState => ({
      memoryBytes: handOver.bytes,
      memoryCapacity: queueBytes,
      diskBytes: delivery.diskBytes,
      diskCapacity: disk?.maxBytes ?? 0,
    });
    options.metrics.onRead(() => showQueue(queue(), shown));
    const clients = new ClientStats(options.metrics);
    const listen = async (name: UdpProcessorName) =>
      own(await startReceiver(name, { ...options, ...options[name], handOver, warnings, clients }))
        .port;
    const ports = {
      compact: await listen('compact'),
      binary: await listen('binary'),
      zipkin: await listen('zipkin'),
    };
    http = options.http && (await startConfig(options, options.http, warnings));
    delivery.start();
    const { compact: compactPort, binary: binaryPort, zipkin: zipkinPort } = ports;
    logger.info({ compactPort, binaryPort, zipkinPort }, 'agent takes spans');
    if (http !== undefined) logger.info({ httpPort: http.port }, 'agent answers clients');
    return { ports: { ...ports, ...(http !== undefined && { http: http.port }) }, queue };
  });
}

async function startConfig(
  { config, baggageRestrictionsFile = '', logger, metrics }: AgentOptions,
  address: HostPort,
  warnings: RepeatedWarnings,
): Promise<HttpServer> {
  const source =
    baggageRestrictionsFile === ''
      ? config
      : await withBaggageFile(config, baggageRestrictionsFile, warnings);
  return startConfigServer({ ...address, source, logger, metrics, warnings });
}

function showQueue(
  { memoryBytes, memoryCapacity, diskBytes, diskCapacity }: QueueState,
  { bytes, capacity }: ReturnType<typeof queueMetrics>,
): void {
  bytes.set({ where: 'memory' }, memoryBytes);
  capacity.set({ where: 'memory' }, memoryCapacity);
  bytes.set({ where: 'disk' }, diskBytes);
  capacity.set({ where: 'disk' }, diskCapacity);
}

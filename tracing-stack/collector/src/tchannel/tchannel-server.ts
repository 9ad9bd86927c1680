import { createServer, type Server, type Socket } from 'node:net';
import {
  ByteBudget,
  COLLECTOR_WITHIN_MS,
  endsBefore,
  formatHostPort,
  type Logger,
  listen,
  type Metrics,
} from '@spoor/platform';
import type { SamplingProvider } from '../sampling/sampling-provider.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { collectorMethods } from './methods.ts';
import { TchannelConnection, type TchannelConnectionOptions } from './tchannel-connection.ts';
import { tchannelMetrics } from './tchannel-metrics.ts';

export interface TchannelServerOptions
  extends Partial<
    Pick<TchannelConnectionOptions, 'maxCalls' | 'patienceMs' | 'idleMs' | 'maxTtlMs'>
  > {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  readonly processor: SpanProcessor;
  readonly sampling: Pick<SamplingProvider, 'strategyOf'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Of the arguments of one call; larger ones are refused. */
  readonly maxCallBytes: number;
  /** Of calls that have begun and are not whole, all together; beyond them senders are told `busy`. */
  readonly maxCallsBytes: number;
  /** Further ones are closed at once. */
  readonly maxConnections?: number;
}

export interface TchannelServer {
  readonly port: number;
  /** Refuses new calls and lets those under way end before the deadline. */
  close(deadline: AbortSignal): Promise<void>;
}

/** Serves what Jaeger's agents before 1.18 call, over TChannel without TLS. */
export async function startTchannelServer(options: TchannelServerOptions): Promise<TchannelServer> {
  const { processor, host, maxCallsBytes, maxConnections = 4096 } = options;
  const metrics = tchannelMetrics(options.metrics);
  const connections = new Set<TchannelConnection>();
  const shared = {
    maxCalls: 1024,
    patienceMs: 5000,
    idleMs: 60_000,
    maxTtlMs: COLLECTOR_WITHIN_MS,
    ...options,
    metrics,
    keepsFrames: processor.keepsMessages,
    methods: collectorMethods(processor, options.sampling),
    budget: new ByteBudget(maxCallsBytes),
  };
  let hostPort = '';
  const accept = (socket: Socket) => {
    const connection = new TchannelConnection(socket, { ...shared, hostPort });
    connections.add(connection);
    metrics.connections.set(connections.size);
    socket.on('close', () => {
      connections.delete(connection);
      metrics.connections.set(connections.size);
    });
  };
  const server = createServer(accept);
  server.maxConnections = maxConnections;
  server.on('drop', () => metrics.refused.inc());
  const port = await listen(server, { ...options, component: 'collector', flag: 'collector.port' });
  hostPort = formatHostPort({ host: host || '0.0.0.0', port });
  return { port, close: (deadline) => closeServer(server, connections, deadline) };
}

async function closeServer(
  server: Server,
  connections: ReadonlySet<TchannelConnection>,
  deadline: AbortSignal,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  if (await endsBefore(deadline, closed)) return;
  for (const connection of connections) connection.destroy();
  await closed;
}

import { Server, status } from '@grpc/grpc-js';
import {
  ByteBudget,
  closeDeadline,
  type HostPort,
  type Logger,
  type Metrics,
  startTogether,
  UnfinishedError,
} from '@spoor/platform';
import {
  addHealthService,
  addReflectionService,
  CallHandlers,
  closeGrpcServer,
  listenGrpc,
  type ServerTls,
  serverCredentials,
} from '@spoor/platform/grpc';
import type { SpanStore } from '@spoor/storage-api';
import type { WatchedStore } from '@spoor/storage-api/health';
import { BatchAdmission } from './batch-admission.ts';
import { statusOf } from './call-status.ts';
import { addDependencyService } from './dependency-service.ts';
import { addJaegerServices } from './jaeger-services.ts';
import { remoteStorageMetrics } from './remote-storage-metrics.ts';
import { addSamplingService } from './sampling-service.ts';
import { SpanWriting } from './span-writing.ts';
import { addSpoorService } from './spoor-service.ts';

/** Room for a store that pauses for a second under full load. */
export const QUEUE_BYTES = 64 * 1024 * 1024;
/** Of one message. A collector takes batches of 4 MiB at most, and sends them on as they are. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

const PLAIN: ServerTls = { enabled: false, cert: '', key: '', clientCa: '' };

export interface RemoteStorageOptions {
  readonly grpc: HostPort;
  /** Plain unless given and enabled. */
  readonly tls?: ServerTls;
  /** Stays open when the server closes. Without `health`, `check` says how it is. */
  readonly store: Omit<SpanStore, 'close'> & Partial<Pick<WatchedStore, 'health'>>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since 1970: the arrival of spans whose sender does not say it. */
  readonly clock?: () => number;
  /** Bytes of batches that may be under way to the store; beyond them senders are told to come back. */
  readonly queueBytes?: number;
  readonly maxMessageBytes?: number;
  /** Whether our own protocol is served beside Jaeger's. It is unless this is `false`. */
  readonly ownProtocol?: boolean;
}

export interface RemoteStorage {
  readonly ports: { readonly grpc: number };
  /**
   * Takes no more calls and lets those under way end before the deadline. Rejects with `UnfinishedError` if the store did not
   * answer for all that was to be written.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

/** Serves a span store to other processes: Jaeger's gRPC storage protocol, ours beside it, and gRPC health. */
export function startRemoteStorage(options: RemoteStorageOptions): Promise<RemoteStorage> {
  const { store, logger, clock = Date.now, ownProtocol = true } = options;
  const { queueBytes = QUEUE_BYTES, maxMessageBytes = MAX_MESSAGE_BYTES } = options;
  const metrics = remoteStorageMetrics(options.metrics);
  return startTogether(async (own) => {
    const tls = { ...PLAIN, ...options.tls };
    const credentials = await serverCredentials('remote-storage', tls);
    const server = new Server({
      'grpc.max_receive_message_length': maxMessageBytes,
      'grpc.keepalive_time_ms': 60_000,
      'grpc.keepalive_timeout_ms': 20_000,
    });
    const budget = new ByteBudget(queueBytes);
    own({
      async close(deadline = closeDeadline()) {
        await closeGrpcServer(server, deadline);
        // Of calls, too, whose client has gone.
        if (await budget.idle(deadline)) return;
        const told = `${budget.bytes} bytes of batches were on their way to the store, which did not answer`;
        throw new UnfinishedError(`[remote-storage] ${told}: not acknowledged, stored or not`);
      },
    });
    const ended = (method: string, code: status) =>
      metrics.calls.inc({ method, code: status[code] });
    const handlers = new CallHandlers({ statusOf, ended, logger });
    const check = () => store.check();
    const { reader, archive, dependencies } = store;
    const now = () => clock() * 1000;
    const writer = new BatchAdmission(store.writer, metrics, budget);
    const writing = new SpanWriting(writer, now);
    const archiving =
      archive && new SpanWriting(new BatchAdmission(archive.writer, metrics, budget), now);
    const backend = { store, writing, archiving, now };
    const names = await addJaegerServices(server, handlers, backend);
    if (ownProtocol) {
      names.push(await addSpoorService(server, handlers, { check, reader, writer }));
      const { sampling } = store;
      if (sampling) names.push(await addSamplingService(server, handlers, sampling));
      if (dependencies) names.push(await addDependencyService(server, handlers, dependencies));
    }
    await addHealthService(server, handlers, names, () => store.health?.() ?? check());
    const files = ['storage.proto', 'spoor-storage.proto', 'health.proto'];
    await addReflectionService(server, files, [...names, 'grpc.health.v1.Health']);
    const target = { component: 'remote-storage', flag: 'grpc.host-port', ...options.grpc };
    const port = await listenGrpc(server, target, credentials);
    logger.info({ grpcPort: port }, 'remote storage is served');
    return { ports: { grpc: port } };
  });
}

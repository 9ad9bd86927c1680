import { Server } from '@grpc/grpc-js';
import type { Adjuster } from '@spoor/analysis';
import { closeDeadline, type HostPort, type Logger } from '@spoor/platform';
import {
  addHealthService,
  addReflectionService,
  CallHandlers,
  closeGrpcServer,
  listenGrpc,
} from '@spoor/platform/grpc';
import type { Sources } from '../sources.ts';
import { statusOf } from './call-status.ts';
import { addMetricsService } from './metrics-service.ts';
import { addV2Service } from './v2-service.ts';
import { addV3Service } from './v3-service.ts';

export interface QueryGrpcServer {
  readonly port: number;
  /** Refuses new calls and lets those under way end before the deadline. */
  close(deadline?: AbortSignal): Promise<void>;
}

/** Serves the query API over gRPC: both versions, the figures on calls, gRPC's health and reflection. */
export async function startQueryGrpcServer(
  at: HostPort,
  sources: Sources,
  adjusters: readonly Adjuster[],
  logger: Logger,
): Promise<QueryGrpcServer> {
  const server = new Server({
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  const handlers = new CallHandlers({ statusOf, logger });
  const names = [
    await addV2Service(server, handlers, sources),
    await addMetricsService(server, handlers, sources),
    await addV3Service(server, handlers, sources, adjusters),
  ];
  await addHealthService(server, handlers, names, sources.health);
  const files = ['query.proto', 'metrics.proto', 'query-v3.proto', 'health.proto'];
  await addReflectionService(server, files, [...names, 'grpc.health.v1.Health']);
  const target = { component: 'query', flag: 'query.grpc-server.host-port', ...at };
  const port = await listenGrpc(server, target);
  return { port, close: (deadline = closeDeadline()) => closeGrpcServer(server, deadline) };
}

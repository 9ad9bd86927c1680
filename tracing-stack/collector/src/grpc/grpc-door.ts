import { Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { ByteBudget } from '@spoor/platform';
import { closeGrpcServer, listenGrpc } from '@spoor/platform/grpc';
import { boundReceiving } from './bound-receiving.ts';
import { nameEncodings } from './name-encodings.ts';

/** Where a port for spans is, and how much its senders may have under way. */
export interface GrpcDoorOptions {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  /** Larger messages are refused with RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /**
   * Of all messages that are being received at once, and of all that one sender may have under way, if they are of the
   * largest size. `CALLS` it always may.
   */
  readonly maxMessagesBytes: number;
  /** How long a request may take to arrive; then it is answered with DEADLINE_EXCEEDED. */
  readonly requestTimeoutMs: number;
  readonly maxConnectionAgeMs?: number;
  readonly maxConnectionAgeGraceMs?: number;
}

export interface GrpcDoor {
  readonly port: number;
  /** Refuses new calls and lets those under way end before the deadline. */
  close(deadline: AbortSignal): Promise<void>;
}

/** As many as our agents have under way: a store flushes them together, and who has more room is told so. */
const CALLS = 32;

/** A service, and who answers for it. */
export interface ServedService {
  readonly service: ServiceDefinition;
  readonly methods: UntypedServiceImplementation;
  /** Told of a call that was refused before the service had its message whole. */
  readonly refused?: (error: unknown) => void;
}

/** Serves them without TLS, and what `add` adds. `flag` is named if the port is held. */
export async function startGrpcDoor(
  options: GrpcDoorOptions & { readonly flag: string },
  services: readonly ServedService[],
  add?: (server: Server) => Promise<void>,
): Promise<GrpcDoor> {
  const { maxMessageBytes, maxMessagesBytes, maxConnectionAgeMs, maxConnectionAgeGraceMs } =
    options;
  const refusals = new Map(
    services.flatMap(({ service, refused }) =>
      Object.values(service).map(({ path }) => [path, refused] as const),
    ),
  );
  const receiving = boundReceiving({
    messages: new ByteBudget(maxMessagesBytes),
    maxMessageBytes,
    requestTimeoutMs: options.requestTimeoutMs,
    refused: (path, error) => refusals.get(path)?.(error),
  });
  const server = new Server({
    ...(maxConnectionAgeMs && { 'grpc.max_connection_age_ms': maxConnectionAgeMs }),
    ...(maxConnectionAgeGraceMs && { 'grpc.max_connection_age_grace_ms': maxConnectionAgeGraceMs }),
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_concurrent_streams': Math.max(CALLS, Math.floor(maxMessagesBytes / maxMessageBytes)),
    // Agents keep one connection for days: a ping finds those whose other end is gone.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
    interceptors: [receiving, nameEncodings],
  });
  for (const { service, methods } of services) server.addService(service, methods);
  await add?.(server);
  const { host, port, flag } = options;
  const bound = await listenGrpc(server, { component: 'collector', host, port, flag });
  return { port: bound, close: (deadline) => closeGrpcServer(server, deadline) };
}

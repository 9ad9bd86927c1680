import { Server, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { closeGrpcServer, listenGrpc } from '@spoor/platform/grpc';

/** Where a port for spans is, and how much its senders may have under way. */
export interface GrpcDoorOptions {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  /** Larger messages are refused with RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  /** Of all messages that one sender may have under way at once, if they are of the largest size. `CALLS` it always may. */
  readonly maxMessagesBytes: number;
  readonly maxConnectionAgeMs?: number;
  readonly maxConnectionAgeGraceMs?: number;
}

export interface GrpcDoor {
  readonly port: number;
  /** Refuses new calls and lets those under way end within `milliseconds`. */
  close(milliseconds: number): Promise<void>;
}

/** As many as our agents have under way: a store flushes them together, and who has more room is told so. */
const CALLS = 32;

/** A service, and who answers for it. */
export interface ServedService {
  readonly service: ServiceDefinition;
  readonly methods: UntypedServiceImplementation;
}

/** Serves them without TLS. `flag` is named if the port is held. */
export async function startGrpcDoor(
  options: GrpcDoorOptions & { readonly flag: string },
  services: readonly ServedService[],
): Promise<GrpcDoor> {
  const { maxMessageBytes, maxMessagesBytes, maxConnectionAgeMs, maxConnectionAgeGraceMs } =
    options;
  const server = new Server({
    ...(maxConnectionAgeMs && { 'grpc.max_connection_age_ms': maxConnectionAgeMs }),
    ...(maxConnectionAgeGraceMs && { 'grpc.max_connection_age_grace_ms': maxConnectionAgeGraceMs }),
    'grpc.max_receive_message_length': maxMessageBytes,
    // A message is held from its first byte on, and counted when it is whole.
    'grpc.max_concurrent_streams': Math.max(CALLS, Math.floor(maxMessagesBytes / maxMessageBytes)),
    // Agents keep one connection for days: a ping finds those whose other end is gone.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  for (const { service, methods } of services) server.addService(service, methods);
  const { host, port, flag } = options;
  const bound = await listenGrpc(server, { component: 'collector', host, port, flag });
  return { port: bound, close: (milliseconds) => closeGrpcServer(server, milliseconds) };
}

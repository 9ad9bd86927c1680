import { logVerbosity, type Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { type BindTarget, bindErrno, bindError } from '../bind-error.ts';
import { endsBefore } from '../close-deadline.ts';
import { formatHostPort } from '../host-port.ts';

/** Starts a gRPC server on `target` and returns its port. Rejects with a `UserError` that says who holds the port. */
export async function listenGrpc(
  server: Server,
  target: Omit<BindTarget, 'protocol'>,
  credentials: ServerCredentials = ServerCredentials.createInsecure(),
): Promise<number> {
  const { host, port } = target;
  // What it would print about a held port beside our own line; GRPC_VERBOSITY brings it back.
  if (process.env['GRPC_VERBOSITY'] === undefined) setLogVerbosity(logVerbosity.NONE);
  // `[::]` takes IPv4 too; a machine without IPv6 has only `0.0.0.0`.
  const addresses = host === '' ? ['::', '0.0.0.0'] : [host];
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await bindAddress(server, formatHostPort({ host: address, port }), credentials);
    } catch (error) {
      failure ??= error;
      if (bindErrno(error) === 'EADDRINUSE') break;
    }
  }
  throw await bindError({ ...target, protocol: 'tcp' }, failure);
}

function bindAddress(
  server: Server,
  address: string,
  credentials: ServerCredentials,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

/** Refuses new calls, lets those under way end before the deadline, then breaks them off. */
export async function closeGrpcServer(server: Server, deadline: AbortSignal): Promise<void> {
  const ended = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  if (!(await endsBefore(deadline, ended))) server.forceShutdown();
}

import { isIPv6 } from 'node:net';
import { logVerbosity, type Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import { listenHosts, serviceName } from '../deployment.ts';
import type { Closer } from '../init-jaeger.ts';
import { FINISH_WITHIN_MS, isMissingFamily, serveUntilSignal } from '../until-signal.ts';
import { addHealthService } from './health-service.ts';

/** Serves gRPC, without TLS, on `port` (0: any free one) until SIGINT or SIGTERM. */
export async function serveGrpc(server: Server, port: number, closer: Closer): Promise<void> {
  // What grpc-js itself would print of a held port, beside our line.
  setLogVerbosity(logVerbosity.NONE);
  const name = serviceName();
  if (name !== undefined) addHealthService(server, name);
  const listen = async () => ({
    address: `localhost:${await bindToAll(server, port)}`,
    finish: () => finish(server),
  });
  await serveUntilSignal(port, listen, closer);
}

async function bindToAll(server: Server, port: number): Promise<number> {
  const [first, ...others] = listenHosts();
  const bound = await bind(server, first, port);
  try {
    for (const host of others) await bind(server, host, bound);
  } catch (error) {
    if (isMissingFamily(error)) return bound;
    server.forceShutdown();
    throw error;
  }
  return bound;
}

function bind(server: Server, host: string, port: number): Promise<number> {
  const address = isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(withCode(error));
      else resolve(bound);
    });
  });
}

/** grpc-js hides the system's error code in its message. */
function withCode(error: Error): NodeJS.ErrnoException {
  const code = /\b(EADDRINUSE|EADDRNOTAVAIL|EAFNOSUPPORT|EACCES)\b/.exec(error.message)?.[1];
  return code === undefined ? error : Object.assign(error, { code });
}

async function finish(server: Server): Promise<void> {
  const late = setTimeout(() => server.forceShutdown(), FINISH_WITHIN_MS);
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  clearTimeout(late);
}

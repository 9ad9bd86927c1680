import { logVerbosity, type Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js';
import type { Closer } from '../init-jaeger.ts';
import { FINISH_WITHIN_MS, isMissingFamily, serveUntilSignal } from '../until-signal.ts';

/** Serves gRPC, without TLS, on `port` (0: any free one) until SIGINT or SIGTERM. */
export async function serveGrpc(server: Server, port: number, closer: Closer): Promise<void> {
  // What grpc-js itself would print of a held port, beside our line.
  setLogVerbosity(logVerbosity.NONE);
  const listen = async () => ({
    address: `localhost:${await bindToLoopback(server, port)}`,
    finish: () => finish(server),
  });
  await serveUntilSignal(port, listen, closer);
}

/** Both addresses that `localhost` may mean, and nothing that other machines can reach. */
async function bindToLoopback(server: Server, port: number): Promise<number> {
  const bound = await bind(server, `127.0.0.1:${port}`);
  try {
    return await bind(server, `[::1]:${bound}`);
  } catch (error) {
    if (isMissingFamily(error)) return bound;
    server.forceShutdown();
    throw error;
  }
}

function bind(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(withCode(error));
      else resolve(port);
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

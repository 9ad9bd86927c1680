import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closer } from './init-jaeger.ts';
import { FINISH_WITHIN_MS, isMissingFamily, serveUntilSignal } from './until-signal.ts';

/** Serves HTTP on `port` (0: any free one) until SIGINT or SIGTERM. */
export async function serve(app: RequestListener, port: number, closer: Closer): Promise<void> {
  const listen = async () => {
    const servers = await listenOnLoopback(app, port);
    return {
      address: `http://localhost:${portOf(servers[0])}`,
      finish: async () => void (await Promise.all(servers.map(finish))),
    };
  };
  await serveUntilSignal(port, listen, closer);
}

/** `localhost` may mean 127.0.0.1 or ::1, so both are served, and nothing that other machines can reach. */
async function listenOnLoopback(
  app: RequestListener,
  port: number,
): Promise<[Server, ...Server[]]> {
  const server = await listen(app, '127.0.0.1', port);
  try {
    return [server, await listen(app, '::1', portOf(server))];
  } catch (error) {
    if (isMissingFamily(error)) return [server];
    server.close();
    throw error;
  }
}

async function listen(app: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(app).listen(port, host);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function finish(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const late = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearTimeout(late);
}

/** Why something failed, in a few words. fetch itself says only `fetch failed`; the reason is in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

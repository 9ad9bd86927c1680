import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closer } from './init-jaeger.ts';

/** Requests under way may take this long after the signal: the lesson's longest takes three seconds. */
const FINISH_WITHIN_MS = 4000;

/**
 * Serves on `port` (0: any free one) until SIGINT or SIGTERM; then takes no more requests, finishes those under way,
 * closes the tracer and lets the process end. A port that somebody else holds ends it at once, with one line and exit
 * code 1.
 */
export async function serve(app: RequestListener, port: number, closer: Closer): Promise<void> {
  const servers = await listenOnLoopback(app, port).catch((error: NodeJS.ErrnoException) => {
    const held = error.code === 'EADDRINUSE';
    const why = held ? 'is already in use: stop the process that listens there' : error.message;
    console.error(`:${port} ${why}`);
    return [] as Server[];
  });
  const [first] = servers;
  if (!first) {
    process.exitCode = 1;
    return closer.close();
  }
  console.log(`listening on http://localhost:${portOf(first)}`);

  let stopping = false;
  const stop = async () => {
    // Ctrl-C in a terminal may come twice, once from the terminal and once from npm.
    if (stopping) return;
    stopping = true;
    await Promise.all(servers.map(finish));
    await closer.close();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

/** `localhost` may mean 127.0.0.1 or ::1, so both are served, and nothing that other machines can reach. */
async function listenOnLoopback(app: RequestListener, port: number): Promise<Server[]> {
  const server = await listen(app, '127.0.0.1', port);
  try {
    return [server, await listen(app, '::1', portOf(server))];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A machine without IPv6.
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return [server];
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

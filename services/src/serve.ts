import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenHosts, SERVICE_HEADER, serviceName } from './deployment.ts';
import type { Closer } from './init-jaeger.ts';
import { FINISH_WITHIN_MS, isMissingFamily, serveUntilSignal } from './until-signal.ts';

/** Serves HTTP on `port` (0: any free one) until SIGINT or SIGTERM. */
export async function serve(app: RequestListener, port: number, closer: Closer): Promise<void> {
  const listen = async () => {
    const servers = await listenOnAll(app, port);
    return {
      address: `http://localhost:${portOf(servers[0])}`,
      finish: async () => void (await Promise.all(servers.map(finish))),
    };
  };
  await serveUntilSignal(port, listen, closer);
}

async function listenOnAll(app: RequestListener, port: number): Promise<[Server, ...Server[]]> {
  const [first, ...others] = listenHosts();
  const servers: [Server, ...Server[]] = [await listen(app, first, port)];
  try {
    for (const host of others) servers.push(await listen(app, host, portOf(servers[0])));
  } catch (error) {
    if (isMissingFamily(error)) return servers;
    for (const server of servers) server.close();
    throw error;
  }
  return servers;
}

async function listen(app: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(named(app)).listen(port, host);
  await once(server, 'listening');
  return server;
}

/** Every answer tells the service's name, if it was given one. */
function named(app: RequestListener): RequestListener {
  const name = serviceName();
  if (name === undefined) return app;
  return (request, response) => {
    response.setHeader(SERVICE_HEADER, name);
    app(request, response);
  };
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

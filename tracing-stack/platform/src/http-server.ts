import {
  createServer,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BindTarget } from './bind-error.ts';
import { closeDeadline, endsBefore } from './close-deadline.ts';
import { listen } from './listen.ts';

export interface ServeHttpOptions extends Omit<BindTarget, 'protocol'> {
  /** How much and how long a request may be. */
  readonly limits?: ServerOptions;
}

export interface HttpServer {
  readonly port: number;
  /**
   * Takes no more connections, ends at once those on which nothing was asked, and lets requests under way be answered until
   * the deadline.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

/** Listens for HTTP without TLS. Rejects with a `UserError` that says who holds the port. */
export async function serveHttp(
  { limits = {}, ...target }: ServeHttpOptions,
  handle: RequestListener,
): Promise<HttpServer> {
  /** With what is under way on each. Node counts a connection that never said a word as one with a request. */
  const connections = new Map<Socket, Set<ServerResponse>>();
  let isClosing = false;
  const server = createServer(limits, (request, response) => {
    const { socket } = request;
    const underWay = connections.get(socket);
    underWay?.add(response);
    if (isClosing) response.setHeader('Connection', 'close');
    response.on('close', () => {
      underWay?.delete(response);
      if (isClosing && underWay?.size === 0) socket.destroySoon();
    });
    handle(request, response);
  });
  server.on('connection', (socket) => {
    connections.set(socket, new Set());
    socket.on('close', () => connections.delete(socket));
  });
  const port = await listen(server, target);

  async function close(deadline: AbortSignal): Promise<void> {
    isClosing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // A connection that is kept would keep the server.
    for (const underWay of connections.values()) {
      for (const response of underWay)
        if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    // What has arrived is read between two turns of the event loop, and answered.
    await nextTurn();
    await nextTurn();
    for (const [socket, underWay] of connections) if (underWay.size === 0) socket.destroy();
    if (await endsBefore(deadline, closed)) return;
    server.closeAllConnections();
    await closed;
  }

  return { port, close: (deadline = closeDeadline()) => close(deadline) };
}

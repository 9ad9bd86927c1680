import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type HostPort, listen } from '@spoor/platform';

/** Where a port for spans is, and how long its senders may take. */
export interface HttpDoorOptions extends HostPort {
  /** How long a request may take to arrive; then it is answered with 408. 0 for as long as it likes. */
  readonly requestTimeoutMs: number;
  /** How long its headers alone may take; as long as the whole unless given, or if it is 0. */
  readonly headersTimeoutMs?: number;
  /** How long a connection stays open without a request; 0 for ever. */
  readonly keepAliveMs: number;
  /** Whether it stays open at all. It does unless told otherwise. */
  readonly keepAlive?: boolean;
}

export interface HttpDoor {
  readonly port: number;
  /** Refuses new connections and lets requests under way end within `milliseconds`. */
  close(milliseconds: number): Promise<void>;
}

/** Listens for HTTP without TLS. `flag` is named if the port is held. */
export async function startHttpDoor(
  options: HttpDoorOptions & { readonly flag: string },
  handle: RequestListener,
): Promise<HttpDoor> {
  const { requestTimeoutMs, keepAliveMs, keepAlive = true } = options;
  // The headers are part of the whole. 0 is no limit.
  const limits = [options.headersTimeoutMs ?? 0, requestTimeoutMs].filter((limit) => limit > 0);
  const headersTimeoutMs = limits.length > 0 ? Math.min(...limits) : 0;
  const underWay = new Set<ServerResponse>();
  let keepsConnections = keepAlive;
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
      // How often Node looks for requests that take too long.
      connectionsCheckingInterval: Math.min(5000, ...limits),
    },
    (request, response) => {
      if (!keepsConnections) response.setHeader('Connection', 'close');
      underWay.add(response);
      response.on('close', () => underWay.delete(response));
      handle(request, response);
    },
  );
  const port = await listen(server, { ...options, component: 'collector' });
  return {
    port,
    close(milliseconds) {
      keepsConnections = false;
      // A connection that is kept would keep the server.
      for (const response of underWay) {
        if (!response.headersSent) response.setHeader('Connection', 'close');
      }
      return closeServer(server, milliseconds);
    },
  };
}

async function closeServer(server: Server, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

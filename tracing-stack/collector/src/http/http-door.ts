import type { RequestListener } from 'node:http';
import { type HostPort, type HttpServer, serveHttp } from '@spoor/platform';

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

/** Listens for HTTP without TLS. `flag` is named if the port is held. */
export async function startHttpDoor(
  options: HttpDoorOptions & { readonly flag: string },
  handle: RequestListener,
): Promise<HttpServer> {
  const { requestTimeoutMs, keepAliveMs, keepAlive = true } = options;
  // The headers are part of the whole. 0 is no limit.
  const limits = [options.headersTimeoutMs ?? 0, requestTimeoutMs].filter((limit) => limit > 0);
  const headersTimeoutMs = limits.length > 0 ? Math.min(...limits) : 0;
  const { host, port, flag } = options;
  return serveHttp(
    {
      component: 'collector',
      ...{ host, port, flag },
      limits: {
        keepAliveTimeout: keepAliveMs,
        requestTimeout: requestTimeoutMs,
        headersTimeout: headersTimeoutMs,
        // How often Node looks for requests that take too long.
        connectionsCheckingInterval: Math.min(5000, ...limits),
      },
    },
    (request, response) => {
      if (!keepAlive) response.setHeader('Connection', 'close');
      handle(request, response);
    },
  );
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import { ByteBudget, type Logger, listen } from '@spoor/platform';
import type { SpanProcessor } from '../span-processor.ts';
import type { ClientConfig } from './client-config.ts';
import { sendEmpty, sendError } from './go-answer.ts';
import { postTraces } from './post-traces.ts';

export interface HttpServerOptions {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  readonly processor: SpanProcessor;
  /** What it answers beside spans. */
  readonly clientConfig: ClientConfig;
  readonly logger: Logger;
  /** Larger bodies are refused with 413. */
  readonly maxBodyBytes: number;
  /** Of all bodies that are being received at once; beyond them senders are told to come back. */
  readonly maxBodiesBytes: number;
  /** How long a request may take to arrive; then it is answered with 408. 0 for as long as it likes. */
  readonly requestTimeoutMs: number;
  /** How long its headers alone may take; as long as the whole unless given, or if it is 0. */
  readonly headersTimeoutMs?: number;
  /** How long a connection stays open without a request; 0 for ever. */
  readonly keepAliveMs: number;
}

export interface HttpServer {
  readonly port: number;
  /** Refuses new connections and lets requests under way end within `milliseconds`. */
  close(milliseconds: number): Promise<void>;
}

/** Serves `/api/traces`, and what `clientConfig` answers, over HTTP without TLS. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { requestTimeoutMs, keepAliveMs, maxBodiesBytes } = options;
  // The headers are part of the whole. 0 is no limit.
  const limits = [options.headersTimeoutMs ?? 0, requestTimeoutMs].filter((limit) => limit > 0);
  const headersTimeoutMs = limits.length > 0 ? Math.min(...limits) : 0;
  const traces = { ...options, bodies: new ByteBudget(maxBodiesBytes) };
  const underWay = new Set<ServerResponse>();
  let isClosing = false;
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      requestTimeout: requestTimeoutMs,
      headersTimeout: headersTimeoutMs,
      // How often Node looks for requests that take too long.
      connectionsCheckingInterval: Math.min(5000, ...limits),
    },
    (request, response) => {
      if (isClosing) response.setHeader('Connection', 'close');
      underWay.add(response);
      response.on('close', () => underWay.delete(response));
      const [path] = (request.url ?? '').split('?', 1);
      if (path === '/api/traces' && request.method === 'POST') {
        void postTraces(request, response, traces);
      } else if (path === '/api/traces') sendEmpty(response, 405);
      else if (!options.clientConfig(request, response)) {
        sendError(response, 404, '404 page not found');
      }
    },
  );
  const flag = 'collector.http-server.host-port';
  const port = await listen(server, { ...options, component: 'collector', flag });
  return {
    port,
    close(milliseconds) {
      isClosing = true;
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

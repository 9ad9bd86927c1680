import type { RequestListener } from 'node:http';
import { ByteBudget, type HttpServer, type Logger, type Metrics } from '@spoor/platform';
import type { SpanProcessor } from '../span-processor.ts';
import type { ClientConfig } from './client-config.ts';
import { sendEmpty, sendError } from './go-answer.ts';
import { type HttpDoorOptions, startHttpDoor } from './http-door.ts';
import { postTraces } from './post-traces.ts';
import { measureRequests } from './request-durations.ts';

export interface HttpServerOptions extends HttpDoorOptions {
  readonly processor: SpanProcessor;
  /** What it answers beside spans. */
  readonly clientConfig: ClientConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Larger bodies are refused with 413. */
  readonly maxBodyBytes: number;
  /** Of all bodies that are being received at once; beyond them senders are told to come back. */
  readonly maxBodiesBytes: number;
}

/** Serves `/api/traces`, and what `clientConfig` answers, over HTTP without TLS. */
export function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const traces = { ...options, bodies: new ByteBudget(options.maxBodiesBytes) };
  const flag = 'collector.http-server.host-port';
  const handle: RequestListener = (request, response) => {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === '/api/traces' && request.method === 'POST') {
      void postTraces(request, response, traces);
    } else if (path === '/api/traces') sendEmpty(response, 405);
    else if (!options.clientConfig(request, response)) {
      sendError(response, 404, '404 page not found');
    }
  };
  return startHttpDoor({ ...options, flag }, measureRequests(options.metrics, handle));
}

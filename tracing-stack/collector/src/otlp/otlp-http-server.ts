import type { RequestListener } from 'node:http';
import { ByteBudget, type HttpServer, type Logger } from '@spoor/platform';
import { type CrossOriginOptions, crossOrigin } from '../http/cross-origin.ts';
import { sendError } from '../http/go-answer.ts';
import { type HttpDoorOptions, startHttpDoor } from '../http/http-door.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { postOtlp } from './post-otlp.ts';

export interface OtlpHttpServerOptions extends HttpDoorOptions {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
  /** Larger bodies are refused with 413, also if they are larger without their compression. */
  readonly maxBodyBytes: number;
  /** Of all bodies that are being received at once; beyond them senders are told to come back. */
  readonly maxBodiesBytes: number;
  readonly crossOrigin?: CrossOriginOptions;
}

/** No other sites unless told so; that it depends on the site is said all the same, as Jaeger does. */
const NO_ORIGINS: CrossOriginOptions = { allowedOrigins: [], allowedHeaders: [] };

/** Takes OpenTelemetry's traces in proto and JSON, without TLS. */
export function startOtlpHttpServer(options: OtlpHttpServerOptions): Promise<HttpServer> {
  const door = { ...options, bodies: new ByteBudget(options.maxBodiesBytes) };
  const handle: RequestListener = (request, response) => {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === '/v1/traces') void postOtlp(request, response, door);
    else sendError(response, 404, '404 page not found');
  };
  return startHttpDoor(
    { ...options, flag: 'collector.otlp.http.host-port' },
    crossOrigin(options.crossOrigin ?? NO_ORIGINS, handle),
  );
}

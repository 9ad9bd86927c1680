import type { RequestListener } from 'node:http';
import { ByteBudget, type HttpServer, type Logger } from '@spoor/platform';
import { type CrossOriginOptions, crossOrigin } from '../http/cross-origin.ts';
import { type HttpDoorOptions, startHttpDoor } from '../http/http-door.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { postZipkin } from './post-zipkin.ts';

export interface ZipkinServerOptions extends HttpDoorOptions {
  readonly processor: SpanProcessor;
  readonly logger: Logger;
  /** Larger bodies are refused with 413, also if they are larger without their compression. */
  readonly maxBodyBytes: number;
  /** Of all bodies that are being received at once; beyond them senders are told to come back. */
  readonly maxBodiesBytes: number;
  /** None unless given. */
  readonly crossOrigin?: CrossOriginOptions;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Takes Zipkin's spans of all four forms, without TLS. */
export function startZipkinServer(options: ZipkinServerOptions): Promise<HttpServer> {
  const { crossOrigin: origins, maxBodiesBytes } = options;
  const door = { ...options, bodies: new ByteBudget(maxBodiesBytes) };
  const handle: RequestListener = (request, response) => {
    void postZipkin(request, response, door);
  };
  const hasOrigins = origins !== undefined && origins.allowedOrigins.length > 0;
  return startHttpDoor(
    { ...options, flag: 'collector.zipkin.host-port' },
    hasOrigins ? crossOrigin(origins, handle) : handle,
  );
}

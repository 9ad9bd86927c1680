import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Micros } from '@spoor/model';
import { type Logger, listen, type Metrics } from '@spoor/platform';
import type { SpanReader } from '@spoor/storage-api';
import express, { type NextFunction, type Request, type Response } from 'express';
import { apiRouter } from './api/api-router.ts';
import { redirectToCleanPath } from './http/clean-path.ts';
import { httpStatus } from './http/errors.ts';
import { varyByEncoding, withHeaders } from './http/send.ts';
import { measuredReader } from './measured-reader.ts';
import { uiFiles, uiPage } from './ui/ui-files.ts';

/** What whoever puts the programs together serves beside the API and the UI. */
export interface AdditionalRoute {
  /** Below the base path: `/api/lessons`. Everything under it is the handler's; it finds the rest in `request.url`. */
  readonly path: string;
  /** Calls `next` for what it does not answer. */
  handler(
    request: IncomingMessage,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ): void;
}

export interface QueryOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly httpPort: number;
  readonly reader: SpanReader;
  /** Throws the reason while the store cannot be read: the API then answers 503 with it. */
  readonly check: () => Promise<void>;
  /** Milliseconds since 1970: the end of a search's default window. */
  readonly clock?: () => number;
  /** `/jaeger` where a proxy serves us below that path. */
  readonly basePath?: string;
  /** Another UI than ours. */
  readonly uiDirectory?: string;
  /** By how much at most clock skew is mended, in microseconds; 0 unless given, and then it is only told. */
  readonly maxClockSkew?: Micros;
  /** Sent with every answer. */
  readonly additionalHeaders?: ReadonlyMap<string, string>;
  /** Asked before the API and the UI. */
  readonly additionalRoutes?: readonly AdditionalRoute[];
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface Query {
  readonly ports: { readonly http: number };
  /** Stops listening; answers under way have a second to end. */
  close(): Promise<void>;
}

const CLOSE_WITHIN_MS = 1000;

/** Go's limit; Node's own would refuse a search by some hundred trace ids. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Starts Jaeger's query service: `/api`, and the UI on every other path. */
export async function startQuery(options: QueryOptions): Promise<Query> {
  const { basePath = '', check, clock = Date.now, maxClockSkew = 0, logger, metrics } = options;
  const reader = measuredReader(options.reader, metrics);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // As Jaeger's router: what is spelled otherwise is a page.
  app.enable('case sensitive routing');
  app.use(varyByEncoding);
  app.use(withHeaders(options.additionalHeaders ?? new Map()));
  app.use(redirectToCleanPath);
  for (const { path, handler } of options.additionalRoutes ?? [])
    app.use(`${basePath}${path}`, handler);
  const ui = { basePath, directory: options.uiDirectory };
  app.use(`${basePath}/api`, apiRouter({ reader, check, clock, maxClockSkew, logger }));
  app.use(basePath || '/', uiFiles(ui));
  // Also beside the base path, as Jaeger does: the page itself knows where it lives.
  app.use(uiPage(ui));
  app.use((error: Error, request: Request, response: Response, _next: NextFunction) => {
    const status = httpStatus(error);
    if (status >= 500) logger.error({ url: request.originalUrl, err: error }, 'request failed');
    plainError(response, status, error.message);
  });

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, app);
  const port = await listen(server, {
    component: 'query',
    host: options.host,
    port: options.httpPort,
    flag: 'query.http-server.host-port',
  });
  logger.info({ host: options.host, port, basePath }, 'query API and UI are served');
  return { ports: { http: port }, close: () => closeServer(server) };
}

function plainError(response: Response, status: number, message: string): void {
  response.status(status).type('text/plain');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(`${message}\n`);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

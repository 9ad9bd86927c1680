import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Adjuster, type CallMeasure, standardAdjusters } from '@spoor/analysis';
import type { Micros } from '@spoor/model';
import {
  type HostPort,
  type Logger,
  type Metrics,
  serveHttp,
  startTogether,
} from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { dependencyLinks } from '@spoor/storage-api/dependencies';
import type { MessageSource } from '@spoor/wire';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { apiRouter } from './api/api-router.ts';
import { v3Router } from './api-v3/v3-router.ts';
import { startQueryGrpcServer } from './grpc/query-grpc-server.ts';
import { redirectToCleanPath } from './http/clean-path.ts';
import { httpStatus } from './http/errors.ts';
import { varyByEncoding, withHeaders } from './http/send.ts';
import { type LiveTail, liveTail } from './live/live-tail.ts';
import { measuredReader } from './measured-reader.ts';
import { CallReader } from './metrics/call-reader.ts';
import { metricFamily } from './metrics/metric-family.ts';
import { type FigureOperation, queryMeter, timed } from './query-meter.ts';
import type { QueryStore, Sources } from './sources.ts';
import { openUiConfig } from './ui/ui-config.ts';
import { type UiPageOptions, uiFiles, uiPage } from './ui/ui-files.ts';
import { wireRouter } from './wire/wire-router.ts';

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
  /** Of the API and the UI. Port 0 is any free one. */
  readonly http: HostPort;
  /** Of the API over gRPC; nobody listens unless given. */
  readonly grpc?: HostPort;
  /** Stays open. While its `check` throws, the API answers 503 or UNAVAILABLE with the reason. */
  readonly store: QueryStore;
  /** Milliseconds since 1970: the end of a search's default window. */
  readonly clock?: () => number;
  /** `/jaeger` where a proxy serves us below that path. */
  readonly basePath?: string;
  /** Another UI than ours. */
  readonly uiDirectory?: string;
  /** A file of settings for it, if it is Jaeger's own; one that cannot be read at the start is a `UserError`. */
  readonly uiConfigFile?: string;
  /** By how much at most clock skew is mended, in microseconds; 0 unless given, and then it is only told. */
  readonly maxClockSkew?: Micros;
  /** Sent with every answer. */
  readonly additionalHeaders?: ReadonlyMap<string, string>;
  /** Who keeps the messages that carried spans. Nobody unless given. */
  readonly wireSources?: readonly MessageSource[];
  /** Asked before the API and the UI. */
  readonly additionalRoutes?: readonly AdditionalRoute[];
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface Query {
  readonly ports: { readonly http: number; readonly grpc?: number };
  /** Stops listening; answers under way may end before the deadline. */
  close(deadline?: AbortSignal): Promise<void>;
}

/** What Jaeger calls the questions for figures. */
const FIGURE_OPERATIONS = {
  latencies: 'get_latencies',
  calls: 'get_call_rates',
  errors: 'get_error_rates',
} as const satisfies Record<CallMeasure['of'], FigureOperation>;

/** Go's limit; Node's own would refuse a search by some hundred trace ids. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** A store that can take no more can still be read. */
async function readable(store: QueryStore): Promise<void> {
  try {
    await store.check();
  } catch (error) {
    if (!(error instanceof StorageError && error.code === 'full')) throw error;
  }
}

/** Starts Jaeger's query service: over HTTP `/api`, and the UI on every other path; over gRPC the API alone. */
export function startQuery(options: QueryOptions): Promise<Query> {
  const { store, clock = Date.now, maxClockSkew = 0, logger, metrics } = options;
  const meter = queryMeter(metrics);
  const reader = measuredReader(store, meter);
  const calls = new CallReader(reader);
  const { archive } = store;
  const sources: Sources = {
    reader,
    ...(archive && { archive }),
    figures: (measure, query, signal) =>
      timed(meter, FIGURE_OPERATIONS[measure.of], () =>
        metricFamily(calls, measure, query, signal),
      ),
    dependencies: (endTs, lookback) => dependencyLinks(store, endTs, lookback),
    check: () => readable(store),
    health: () => store.health?.() ?? store.check(),
    now: () => clock() * 1000,
  };
  const adjusters = standardAdjusters(maxClockSkew);

  return startTogether(async (own) => {
    const flag = 'query.http-server.host-port';
    const { basePath = '', http } = options;
    const limits = { maxHeaderSize: MAX_HEADER_BYTES };
    const target = { component: 'query', ...http, flag, limits };
    const ui = await uiPageOptions(options);
    const live = liveTail(store.reader, logger);
    const app = queryApp(options, sources, adjusters, live, ui);
    const { port } = own(await serveHttp(target, app));
    // Closed before the server: its answers never end by themselves.
    own(live);
    logger.info({ host: http.host, port, basePath }, 'query API and UI are served');
    if (options.grpc === undefined) return { ports: { http: port } };
    const grpc = own(await startQueryGrpcServer(options.grpc, sources, adjusters, logger));
    logger.info({ host: options.grpc.host, port: grpc.port }, 'query API is served over gRPC');
    return { ports: { http: port, grpc: grpc.port } };
  });
}

function queryApp(
  options: QueryOptions,
  sources: Sources,
  adjusters: readonly Adjuster[],
  live: LiveTail,
  ui: UiPageOptions,
): Express {
  const { basePath = '', logger } = options;
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
  app.get(`${basePath}/api/live`, (request, response) => {
    const { service } = request.query;
    live.open(request, response, typeof service === 'string' ? service : '');
  });
  app.use(`${basePath}/api/wire`, wireRouter(options.wireSources ?? []));
  app.use(`${basePath}/api/v3`, v3Router(sources, adjusters, logger));
  app.use(`${basePath}/api`, apiRouter(sources, adjusters, logger));
  app.use(basePath || '/', uiFiles(ui));
  // Also beside the base path, as Jaeger does: the page itself knows where it lives.
  app.use(uiPage(ui));
  app.use((error: Error, request: Request, response: Response, _next: NextFunction) => {
    const status = httpStatus(error);
    if (status >= 500) logger.error({ url: request.originalUrl, err: error }, 'request failed');
    plainError(response, status, error.message);
  });
  return app;
}

async function uiPageOptions(options: QueryOptions): Promise<UiPageOptions> {
  const { basePath = '', uiDirectory, uiConfigFile, store, logger } = options;
  if (uiConfigFile !== undefined && uiDirectory === undefined)
    logger.warn({ file: uiConfigFile }, 'query.ui-config has no effect: our own UI takes none');
  return {
    basePath,
    directory: uiDirectory,
    capabilities: {
      archiveStorage: store.archive !== undefined && !store.archive.isReadOnly,
      // Figures are calculated from the spans of any store.
      metricsStorage: true,
    },
    config: uiConfigFile === undefined ? undefined : await openUiConfig(uiConfigFile, logger),
  };
}

function plainError(response: Response, status: number, message: string): void {
  response.status(status).type('text/plain');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(`${message}\n`);
}

import {
  type HostPort,
  type HttpServer,
  type Logger,
  type Metrics,
  serveHttp,
} from '@spoor/platform';
import { legacySamplingStrategyJson, samplingStrategyJson } from '@spoor/wire';
import express, { type NextFunction, type Request, type Response } from 'express';
import { ConfigError, type ConfigSource } from '../config-source.ts';
import type { RepeatedWarnings } from '../repeated-warnings.ts';
import { configMetrics, type Endpoint } from './config-metrics.ts';

export interface ConfigServerOptions extends HostPort {
  readonly source: ConfigSource;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly warnings: RepeatedWarnings;
}

/** A path, what it is counted as, and the JSON that it answers of a service. */
interface Route {
  readonly path: string;
  readonly endpoint: Endpoint;
  readonly json: (service: string, source: ConfigSource) => Promise<string>;
}

const ROUTES: readonly Route[] = [
  {
    path: '/sampling',
    endpoint: 'sampling',
    json: async (service, source) => samplingStrategyJson(await source.samplingStrategy(service)),
  },
  {
    // For clients older than `/sampling`.
    path: '/',
    endpoint: 'sampling-legacy',
    json: async (service, source) =>
      legacySamplingStrategyJson(await source.samplingStrategy(service)),
  },
  {
    path: '/baggageRestrictions',
    endpoint: 'baggage',
    json: async (service, source) => JSON.stringify(await source.baggageRestrictions(service)),
  },
];

/** Serves what clients ask an agent: how to sample, and which baggage they may set. */
export async function startConfigServer(options: ConfigServerOptions): Promise<HttpServer> {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // As Jaeger's router: what is spelled otherwise is not there.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  const answer = answerer(options);
  for (const route of ROUTES) {
    app.all(route.path, (request, response) => answer(route, request, response));
  }
  app.use((_request, response) => sendError(response, 404, '404 page not found'));
  app.use((error: Error & { status?: number }, _: Request, response: Response, __: NextFunction) =>
    sendError(response, error.status ?? 500, error.message),
  );
  const { host, port } = options;
  const target = { component: 'agent', host, port, flag: 'http-server.host-port' };
  return serveHttp(target, app);
}

function answerer({ source, metrics, warnings }: ConfigServerOptions) {
  const counters = configMetrics(metrics, source.protocol);
  return async ({ endpoint, json }: Route, request: Request, response: Response): Promise<void> => {
    if (request.method !== 'GET') {
      response.status(405).end();
      return;
    }
    const services = new URLSearchParams(request.url.split('?')[1]).getAll('service');
    const [service] = services;
    if (service === undefined || services.length > 1) {
      counters.badRequest();
      sendError(response, 400, "'service' parameter must be provided once");
      return;
    }
    try {
      sendJson(response, await json(service, source));
      counters.answered(endpoint);
    } catch (error) {
      counters.failed(endpoint);
      const reason = error instanceof ConfigError ? error.answer : String(error);
      const isUnknown = error instanceof ConfigError && error.code === 'not-implemented';
      if (!isUnknown) warnings.warn(`ask ${endpoint}`, { service, reason }, 'client not answered');
      sendError(response, 500, `collector error: ${reason}`);
    }
  };
}

function sendJson(response: Response, body: string): void {
  // Without the charset that Express would add.
  response.setHeader('Content-Type', 'application/json');
  response.end(body);
}

/** As Go's `http.Error`. */
function sendError(response: Response, status: number, message: string): void {
  response.status(status);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.end(`${message}\n`);
}

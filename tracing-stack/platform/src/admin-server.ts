import type { IncomingMessage, ServerResponse } from 'node:http';
import { HealthState } from './health.ts';
import { type HttpServer, serveHttp } from './http-server.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

export interface AdminServerOptions {
  readonly component: string;
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  /** Throws, or rejects with, the reason while the component cannot serve. `ready` may give it. */
  readonly check?: () => unknown;
  readonly metrics: Metrics;
  /** The path of the metrics; `/metrics` unless given, none if `undefined` is given. */
  readonly metricsRoute?: string | undefined;
  /** Told where it listens. */
  readonly logger?: Logger;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Named in the error when the port is held. */
  readonly flag?: string;
}

/** Answers with JSON. */
export type AdminPage = (parameters: URLSearchParams) => {
  readonly status: number;
  readonly json: string;
};

export interface AdminServer extends HttpServer {
  /** From now on serves a page on a path of its own, which is health until then. */
  serve(path: string, page: AdminPage): void;
  /** From now on health asks `check`; until then it answers 503: the component is starting. */
  ready(check?: () => unknown): void;
}

/**
 * Serves metrics on their path, who came by which door on `/doors`, what is added by `serve`, and health on every other
 * path; any method, as Jaeger's admin server does.
 */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const health = new HealthState(options.check, options.clock);
  const { metrics } = options;
  const pages = new Map<string, AdminPage>([
    ['/doors', () => ({ status: 200, json: JSON.stringify(metrics.doors.list()) })],
  ]);
  const route = 'metricsRoute' in options ? options.metricsRoute : '/metrics';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', ...query] = (request.url ?? '').split('?');
    if (route !== undefined && path === route) {
      const text = await metrics.text();
      response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
      return;
    }
    const page = pages.get(path);
    if (page !== undefined) {
      const { status, json } = page(new URLSearchParams(query.join('?')));
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(json);
      return;
    }
    const state = await health.read();
    const body = JSON.stringify(state);
    response
      .writeHead(state.status === 'Server available' ? 200 : 503, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
      })
      .end(body);
  }

  const server = await serveHttp(options, (request, response) => {
    request.resume();
    answer(request, response).catch((error: Error) => {
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`${error.message}\n`);
    });
  });
  options.logger?.info({ adminPort: server.port }, 'health and metrics are served');
  return {
    ...server,
    serve: (path, page) => void pages.set(path, page),
    ready: (check) => health.ready(check),
  };
}

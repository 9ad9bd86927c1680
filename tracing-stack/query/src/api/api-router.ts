import { standardAdjusters } from '@spoor/analysis';
import type { Micros } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { HttpError, httpStatus } from '../http/errors.ts';
import { sendText } from '../http/send.ts';
import { TRACE_RESPONSE, traceResponse } from '../http/trace-response.ts';
import { errorEnvelope } from '../json/envelope.ts';
import { indented } from '../json/indented.ts';
import type { MeasuredReader } from '../measured-reader.ts';
import { queryParameters } from '../parameters/query-parameters.ts';
import type { Answer, Sources } from './answer.ts';
import { dependencies } from './dependencies.ts';
import { metrics } from './metrics.ts';
import { operationNames, operations, services } from './services.ts';
import { archive, traceById, traces } from './traces.ts';

export interface ApiOptions {
  readonly reader: MeasuredReader;
  /** Throws the reason while the store cannot be read. */
  readonly check: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** See `standardAdjusters`. */
  readonly maxClockSkew: Micros;
  readonly logger: Logger;
}

/** Jaeger's query API, as its UI uses it. Any other path is left to who comes next. */
export function apiRouter({ reader, check, clock, maxClockSkew, logger }: ApiOptions): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const sources: Sources = { reader, now: () => clock() * 1000 };
  const adjusters = standardAdjusters(maxClockSkew);

  route('GET', '/services', services(sources));
  route('GET', '/services/:service/operations', operationNames(sources));
  route('GET', '/operations', operations(sources));
  route('GET', '/traces', traces(sources, adjusters));
  route('GET', '/traces/:id', traceById(sources, adjusters));
  route('POST', '/archive/:id', archive());
  route('GET', '/dependencies', dependencies(sources));
  for (const which of ['latencies', 'calls', 'errors', 'minstep'] as const)
    route('GET', `/metrics/${which}`, metrics(which));
  route('POST', '/transform', async () => {
    throw new HttpError(501, 'OTLP is not understood yet');
  });

  /** Registers for all methods, because Jaeger answers the wrong ones (HEAD too) with 405 and nothing else. */
  function route(method: 'GET' | 'POST', path: string, answer: Answer): void {
    const place = path.split('/').findIndex((part) => part.startsWith(':'));
    // Not express's own parameters: it would decode them, and answer in its own words where that fails.
    router.all(
      new RegExp(`^${path.replace(/:\w+/, '[^/]+')}$`),
      async (request: Request, response: Response) => {
        if (request.method !== method) {
          response.status(405).end();
          return;
        }
        response.setHeader(TRACE_RESPONSE, traceResponse(request.headers));
        const parameters = queryParameters(request.originalUrl);
        await check();
        const subject = request.url.split('?', 1)[0]?.split('/')[place] ?? '';
        checkEscapes(subject);
        const parts = await answer({ parameters, subject });
        response.setHeader('Content-Type', 'application/json');
        const pretty = parameters.get('prettyPrint') ?? '';
        await sendText(request, response, isOn(pretty) ? indented(parts) : parts);
      },
    );
  }

  router.use((error: Error, request: Request, response: Response, _next: NextFunction) => {
    const status = httpStatus(error);
    if (status === 500) logger.error({ url: request.originalUrl, err: error }, 'request failed');
    // Half of the answer is out, and sendText has broken the connection: nothing else tells that it is not the whole.
    if (response.headersSent) return;
    if (status === 503) response.setHeader('Retry-After', '1');
    response.status(status);
    // What Go's http.Error sends, JSON or not.
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    return sendText(request, response, [`${errorEnvelope(status, error.message)}\n`]);
  });
  return router;
}

/** Go's words. A path that is well escaped may still be no UTF-8. */
function checkEscapes(subject: string): void {
  const [bad] = /%(?![\da-f]{2}).{0,2}/i.exec(subject) ?? [];
  if (bad !== undefined) throw new HttpError(400, `invalid URL escape ${JSON.stringify(bad)}`);
}

function isOn(prettyPrint: string): boolean {
  return prettyPrint !== '' && prettyPrint !== 'false';
}

import { type Adjuster, adjust, standardAdjusters } from '@spoor/analysis';
import type { Micros, Trace, TraceId } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import type { SpanReader } from '@spoor/storage-api';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { HttpError, httpStatus } from '../http/errors.ts';
import { sendText } from '../http/send.ts';
import {
  type EnvelopeError,
  errorEnvelope,
  listEnvelope,
  tracesEnvelope,
} from '../json/envelope.ts';
import { indented } from '../json/indented.ts';
import { isGoTrue } from '../parameters/go-integer.ts';
import { traceIdParameter } from '../parameters/trace-id.ts';
import { traceSearch } from '../parameters/trace-query.ts';

export interface ApiOptions {
  readonly reader: SpanReader;
  /** Throws the reason while the store cannot be read. */
  readonly check: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
}

/** One question: its parameters in, the answer's JSON out, in parts. */
type Answer = (parameters: URLSearchParams, path: Request['params']) => Promise<Iterable<string>>;

const TRACE_NOT_FOUND = 'trace not found';

/** Jaeger's query API, as its UI uses it. Any other path is left to who comes next. */
export function apiRouter({ reader, check, clock, logger }: ApiOptions): Router {
  const router = Router({ strict: true, caseSensitive: true });
  const adjusters = standardAdjusters();

  get('/services', async () => {
    const services = await reader.services();
    return [listEnvelope(services.length === 0 ? null : services)];
  });

  get('/services/:service/operations', async (_parameters, { service = '' }) => {
    const operations = await reader.operations({ serviceName: String(service) });
    const names = [...new Set(operations.map(({ name }) => name))];
    return [listEnvelope(names.length === 0 ? null : names)];
  });

  get('/operations', async (parameters) => {
    const serviceName = parameters.get('service') ?? '';
    if (serviceName === '') throw new HttpError(400, "parameter 'service' is required");
    const spanKind = parameters.get('spanKind') ?? '';
    const operations = await reader.operations({ serviceName, ...(spanKind && { spanKind }) });
    return [listEnvelope(operations.map(({ name, spanKind: kind }) => ({ name, spanKind: kind })))];
  });

  get('/traces', async (parameters) => {
    const now: Micros = clock() * 1000;
    const { traceIds, query } = traceSearch(parameters, now);
    if (traceIds.length > 0) return tracesById(traceIds, adjustersFor(parameters));
    const traces = await reader.findTraces(query);
    return tracesEnvelope(adjusted(traces, adjustersFor(parameters)));
  });

  get('/traces/:id', async (parameters, { id }) => {
    const trace = await reader.trace(traceIdParameter(String(id)));
    if (trace === undefined) throw new HttpError(404, TRACE_NOT_FOUND);
    return tracesEnvelope(adjusted([trace], adjustersFor(parameters)));
  });

  async function tracesById(ids: readonly TraceId[], with_: readonly Adjuster[]) {
    const traces: Trace[] = [];
    const errors: EnvelopeError[] = [];
    for (const id of ids) {
      const trace = await reader.trace(id);
      if (trace) traces.push(trace);
      else errors.push({ msg: TRACE_NOT_FOUND, traceID: id });
    }
    return tracesEnvelope(adjusted(traces, with_), errors);
  }

  /** `raw=true` asks for what was stored. */
  function adjustersFor(parameters: URLSearchParams): readonly Adjuster[] {
    return isGoTrue(parameters.get('raw') ?? '') ? [] : adjusters;
  }

  /** Registers for all methods, because Jaeger answers the wrong ones (HEAD too) with 405 and nothing else. */
  function get(path: string, answer: Answer): void {
    router.all(path, async (request: Request, response: Response) => {
      if (request.method !== 'GET') {
        response.status(405).end();
        return;
      }
      const { searchParams } = new URL(request.originalUrl, 'http://query');
      await check();
      const parts = await answer(searchParams, request.params);
      response.setHeader('Content-Type', 'application/json');
      const pretty = searchParams.get('prettyPrint') ?? '';
      await sendText(request, response, isOn(pretty) ? indented(parts) : parts);
    });
  }

  router.use((error: Error, request: Request, response: Response, _next: NextFunction) => {
    const status = httpStatus(error);
    if (status === 500) logger.error({ url: request.originalUrl, err: error }, 'request failed');
    if (response.headersSent) {
      // Half of the answer is out: only a broken connection tells the client that it is not the whole.
      response.destroy(error);
      return;
    }
    if (status === 503) response.setHeader('Retry-After', '1');
    response.status(status);
    // What Go's http.Error sends, JSON or not.
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    return sendText(request, response, [`${errorEnvelope(status, error.message)}\n`]);
  });
  return router;
}

function isOn(prettyPrint: string): boolean {
  return prettyPrint !== '' && prettyPrint !== 'false';
}

function* adjusted(traces: readonly Trace[], adjusters: readonly Adjuster[]): Generator<Trace> {
  for (const trace of traces) yield adjust(trace, adjusters);
}

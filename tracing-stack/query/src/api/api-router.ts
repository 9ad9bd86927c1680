import type { Adjuster } from '@spoor/analysis';
import type { Logger } from '@spoor/platform';
import { type Request, type Response, Router } from 'express';
import { addRoute, checkEscapes, type Question } from '../http/route.ts';
import { sendText } from '../http/send.ts';
import { sendErrors } from '../http/send-error.ts';
import { TRACE_RESPONSE, traceResponse } from '../http/trace-response.ts';
import { errorEnvelope } from '../json/envelope.ts';
import { indented } from '../json/indented.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';
import { dependencies } from './dependencies.ts';
import { metrics, minStep } from './metrics.ts';
import { operationNames, operations, services } from './services.ts';
import { archive, traceById, traces } from './traces.ts';
import { transform } from './transform.ts';

/** Jaeger's query API, as its UI uses it. Any other path is left to who comes next. */
export function apiRouter(
  sources: Sources,
  adjusters: readonly Adjuster[],
  logger: Logger,
): Router {
  const router = Router({ strict: true, caseSensitive: true });

  route('GET', '/services', services(sources));
  route('GET', '/services/:service/operations', operationNames(sources));
  route('GET', '/operations', operations(sources));
  route('GET', '/traces', traces(sources, adjusters));
  route('GET', '/traces/:id', traceById(sources, adjusters));
  route('POST', '/archive/:id', archive(sources));
  route('GET', '/dependencies', dependencies(sources));
  for (const of of ['latencies', 'calls', 'errors'] as const)
    route('GET', `/metrics/${of}`, metrics(sources, of));
  route('GET', '/metrics/minstep', minStep());
  route('POST', '/transform', transform());
  router.use(sendErrors(errorEnvelope, logger));
  return router;

  function route(method: 'GET' | 'POST', path: string, answer: Answer): void {
    addRoute(router, method, path, (question, request, response) =>
      send(answer, question, request, response),
    );
  }

  async function send(
    answer: Answer,
    question: Question,
    request: Request,
    response: Response,
  ): Promise<void> {
    response.setHeader(TRACE_RESPONSE, traceResponse(request.headers));
    await sources.check();
    checkEscapes(question.subject);
    const parts = await answer(question);
    response.setHeader('Content-Type', 'application/json');
    const pretty = question.parameters.get('prettyPrint') ?? '';
    await sendText(request, response, isOn(pretty) ? indented(parts) : parts);
  }
}

function isOn(prettyPrint: string): boolean {
  return prettyPrint !== '' && prettyPrint !== 'false';
}

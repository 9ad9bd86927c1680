import type { Adjuster } from '@spoor/analysis';
import type { Logger } from '@spoor/platform';
import { jsonText } from '@spoor/wire';
import { type Request, type Response, Router } from 'express';
import type { Answer } from '../api/answer.ts';
import { addRoute, checkEscapes, type Question } from '../http/route.ts';
import { sendText } from '../http/send.ts';
import { sendErrors } from '../http/send-error.ts';
import type { Sources } from '../sources.ts';
import { operations, services, traceById, traceSummaries, traces } from './v3-answers.ts';

/** Go finds no JSON in what Jaeger 1 sends here, and calls it so. */
const SNIFFED = 'text/plain; charset=utf-8';

/** Jaeger's API v3: OpenTelemetry's spans in the answers. Any other path is left to who comes next. */
export function v3Router(sources: Sources, adjusters: readonly Adjuster[], logger: Logger): Router {
  const router = Router({ strict: true, caseSensitive: true });
  get('/services', services(sources), SNIFFED);
  get('/operations', operations(sources), SNIFFED);
  get('/traces', traces(sources), SNIFFED);
  get('/traces/:id', traceById(sources), SNIFFED);
  get('/trace-summaries', traceSummaries(sources, adjusters), 'application/json');
  router.use(sendErrors(errorJson, logger));
  return router;

  function get(path: string, answer: Answer, type: string): void {
    addRoute(router, 'GET', path, (question, request, response) =>
      send(answer, type, question, request, response),
    );
  }

  async function send(
    answer: Answer,
    type: string,
    question: Question,
    request: Request,
    response: Response,
  ): Promise<void> {
    await sources.check();
    checkEscapes(question.subject);
    const parts = await answer(question);
    response.setHeader('Content-Type', type);
    await sendText(request, response, parts);
  }
}

function errorJson(httpCode: number, message: string): string {
  return jsonText({ error: { httpCode, message } });
}

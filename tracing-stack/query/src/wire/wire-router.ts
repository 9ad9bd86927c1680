import { parseTraceId, type TraceId } from '@spoor/model';
import type { MessageSource } from '@spoor/wire';
import { type Request, type Response, Router } from 'express';
import { HttpError } from '../http/errors.ts';
import { sendText } from '../http/send.ts';
import { listMessages, readMessage } from './wire-messages.ts';

/** `/TRACE` lists the messages that carried the trace, `/TRACE/SOURCE/NUMBER` tells one of them byte by byte. Ours, not Jaeger's. */
export function wireRouter(sources: readonly MessageSource[]): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/:traceId', (request, response) =>
    answer(request, response, (traceId, signal) => listMessages(sources, traceId, signal)),
  );

  router.get('/:traceId/:source/:number', (request, response) =>
    answer(request, response, async (traceId, signal) => {
      const { source, number } = request.params;
      const place = { source: Number(source), number: Number(number) };
      const message = await readMessage(sources[place.source], place, traceId, signal);
      if (message === undefined) throw new HttpError(404, 'this message is not kept any more');
      return message;
    }),
  );

  return router;
}

async function answer(
  request: Request,
  response: Response,
  find: (traceId: TraceId, signal: AbortSignal) => Promise<object>,
): Promise<void> {
  const traceId = parseTraceId(String(request.params['traceId']));
  if (traceId === undefined) throw new HttpError(400, 'this is no trace id');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  let found: object;
  try {
    found = await find(traceId, gone.signal);
  } catch (error) {
    // Nobody reads an answer.
    if (gone.signal.aborted) return;
    throw error;
  }
  response.setHeader('Content-Type', 'application/json');
  await sendText(request, response, [JSON.stringify(found)]);
}

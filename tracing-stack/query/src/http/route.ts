import { BudgetShare, ByteBudget } from '@spoor/platform';
import type { Request, Response, Router } from 'express';
import { queryParameters } from '../parameters/query-parameters.ts';
import { HttpError } from './errors.ts';
import { MAX_BODIES_BYTES, readBody } from './read-body.ts';

/** One question to the API. */
export interface Question {
  readonly parameters: URLSearchParams;
  /** The part of the path that stands where the route has a colon; escaped, as it came. */
  readonly subject: string;
  readonly body: () => Promise<Uint8Array>;
  /** Aborted when nobody waits for the answer any longer. */
  readonly signal: AbortSignal;
}

/**
 * Registers for all methods, because Jaeger answers the wrong ones (HEAD too) with 405 and nothing else. `answer` gets
 * the response with nothing sent, and is awaited until it is answered: so long the request's body counts in `bodies`.
 */
export function addRoute(
  router: Router,
  method: 'GET' | 'POST',
  path: string,
  answer: (question: Question, request: Request, response: Response) => Promise<void>,
  bodies = new ByteBudget(MAX_BODIES_BYTES),
): void {
  const place = path.split('/').findIndex((part) => part.startsWith(':'));
  // Not express's own parameters: it would decode them, and answer in its own words where that fails.
  const pattern = new RegExp(`^${path.replace(/:\w+/, '[^/]+')}$`);
  router.all(pattern, async (request: Request, response: Response) => {
    if (request.method !== method) {
      response.status(405).end();
      return;
    }
    const subject = request.url.split('?', 1)[0]?.split('/')[place] ?? '';
    const parameters = queryParameters(request.originalUrl);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const share = new BudgetShare(bodies);
    const body = () => readBody(request, share);
    try {
      await answer({ parameters, subject, body, signal: gone.signal }, request, response);
    } finally {
      share.giveBack();
    }
  });
}

/** Go's words. A path that is well escaped may still be no UTF-8. */
export function checkEscapes(subject: string): void {
  const [bad] = /%(?![\da-f]{2}).{0,2}/i.exec(subject) ?? [];
  if (bad !== undefined) throw new HttpError(400, `invalid URL escape ${JSON.stringify(bad)}`);
}

import type { Logger } from '@spoor/platform';
import type { NextFunction, Request, Response } from 'express';
import { HttpError, httpStatus } from './errors.ts';
import { sendText } from './send.ts';

/** Answers what a route threw, as Go's `http.Error` does: as plain text, JSON or not, with a line feed. */
export function sendErrors(body: (status: number, message: string) => string, logger: Logger) {
  return (error: Error, request: Request, response: Response, _next: NextFunction) => {
    const status = httpStatus(error);
    // What a handler answered itself is the sender's doing, whatever status Jaeger has for it.
    if (status === 500 && !(error instanceof HttpError))
      logger.error({ url: request.originalUrl, err: error }, 'request failed');
    // Half of the answer is out, and sendText has broken the connection: nothing else tells that it is not the whole.
    if (response.headersSent) return;
    if (status === 503) response.setHeader('Retry-After', '1');
    response.status(status);
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    return sendText(request, response, [`${body(status, error.message)}\n`]);
  };
}

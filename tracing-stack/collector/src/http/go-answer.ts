import type { ServerResponse } from 'node:http';

/** Seconds until a sender may come again: the store flushes many times meanwhile. */
export const RETRY_AFTER_SECONDS = 1;

/** Answers as Go's `http.Error` does; a 503 also says when to come again. */
export function sendError(response: ServerResponse, status: number, message: string): void {
  const body = `${message}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(body),
    ...(status === 503 && { 'Retry-After': RETRY_AFTER_SECONDS }),
  });
  response.end(body);
}

/** Answers with a status and nothing else. */
export function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 });
  response.end();
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

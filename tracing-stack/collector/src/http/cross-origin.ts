import type { RequestListener } from 'node:http';
import cors from 'cors';

/** Pages of which other sites may send spans. */
export interface CrossOriginOptions {
  /** `*` for all; one star within stands for anything. */
  readonly allowedOrigins: readonly string[];
  /** Those that Jaeger allows unless given. */
  readonly allowedHeaders: readonly string[];
}

const USUAL_HEADERS = ['accept', 'content-type', 'x-requested-with'];

/** Lets pages of other origins send what `handle` takes: answers their browsers' questions, and marks the answers. */
export function crossOrigin(
  { allowedOrigins, allowedHeaders }: CrossOriginOptions,
  handle: RequestListener,
): RequestListener {
  const answer = cors({
    origin: allowedOrigins.includes('*') ? '*' : allowedOrigins.map(originPattern),
    allowedHeaders: allowedHeaders.length > 0 ? [...allowedHeaders] : USUAL_HEADERS,
    methods: ['GET', 'POST', 'HEAD'],
    credentials: true,
  });
  return (request, response) => answer(request, response, () => handle(request, response));
}

function originPattern(origin: string): string | RegExp {
  if (!origin.includes('*')) return origin;
  const [start = '', ...end] = origin
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${start}.*${end.join('.*')}$`, 'i');
}

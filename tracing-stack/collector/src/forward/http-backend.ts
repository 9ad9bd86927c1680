import { UserError } from '@spoor/platform';
import { ANSWER_WITHIN_MS, type Backend, BackendError, setHeaders } from './backend.ts';

/** What OTLP says of answers after which the same request may be sent again. */
const REPEATABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Posts proto to an URL. `rejectedSpans` reads the answer. Throws a `UserError` if no request can be made to it. */
export function httpBackend(
  url: URL,
  headers: ReadonlyMap<string, string>,
  rejectedSpans: (response: Uint8Array) => number,
): Backend {
  const sent = new Headers();
  setHeaders(headers, (name, value) => sent.set(name, value));
  sent.set('Content-Type', 'application/x-protobuf');
  const init = { method: 'POST', headers: sent, redirect: 'manual' } as const;
  checkRequest(url, init);
  return {
    async post(request, signal) {
      const response = await ask(url, {
        ...init,
        body: Buffer.from(request),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      if (response.ok)
        return response.body.length > 0 ? readAnswer(response.body, rejectedSpans) : 0;
      throw new BackendError(
        `${url.host} answered ${response.status}`,
        REPEATABLE.has(response.status),
        { retryAfterMs: retryAfter(response.retryAfter, Date.now()) },
      );
    },
    close: () => undefined,
  };
}

function checkRequest(url: URL, init: RequestInit): void {
  try {
    new Request(url, init);
  } catch (cause) {
    const message = `no request can be made of this URL of ${url.host}`;
    throw new UserError('bad-flag', `[collector] --collector.forward.otlp: ${message}`, { cause });
  }
}

async function ask(url: URL, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    // Read to its end, so that the connection is free for the next.
    const body = new Uint8Array(await response.arrayBuffer());
    const { ok, status, headers } = response;
    return { ok, status, body, retryAfter: headers.get('Retry-After') };
  } catch (cause) {
    const { message } = ((cause as Error).cause ?? cause) as Error;
    // What fetch refuses before it asks: a port that browsers keep for others.
    const isRepeatable = message !== 'bad port';
    throw new BackendError(`${url.host} does not answer: ${message}`, isRepeatable, { cause });
  }
}

/** A backend that took the request and answers it in another form kept all, as far as is known. */
function readAnswer(body: Uint8Array, rejectedSpans: (response: Uint8Array) => number): number {
  try {
    return rejectedSpans(body);
  } catch {
    return 0;
  }
}

/** Milliseconds of a Retry-After header: seconds, or a date. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const until = /^\d+$/.test(header) ? now + 1000 * Number(header) : Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

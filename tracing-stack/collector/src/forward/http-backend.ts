import { ANSWER_WITHIN_MS, type Backend, BackendError } from './backend.ts';

/** What OTLP says of answers after which the same request may be sent again. */
const REPEATABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Posts proto to an URL. `rejectedSpans` reads the answer. */
export function httpBackend(
  url: URL,
  headers: ReadonlyMap<string, string>,
  rejectedSpans: (response: Uint8Array) => number,
): Backend {
  return {
    async post(request, signal) {
      const response = await ask(url, {
        method: 'POST',
        headers: { ...Object.fromEntries(headers), 'Content-Type': 'application/x-protobuf' },
        body: Buffer.from(request),
        redirect: 'manual',
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

async function ask(url: URL, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    // Read to its end, so that the connection is free for the next.
    const body = new Uint8Array(await response.arrayBuffer());
    const { ok, status, headers } = response;
    return { ok, status, body, retryAfter: headers.get('Retry-After') };
  } catch (cause) {
    const { message } = ((cause as Error).cause ?? cause) as Error;
    throw new BackendError(`${url.host} does not answer: ${message}`, true, { cause });
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

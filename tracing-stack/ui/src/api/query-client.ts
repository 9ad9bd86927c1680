import type { EnvelopeJson, TraceJson } from '@spoor/analysis';

/** The server said no, or said nothing that could be read. `message` is the server's own where there is one. */
export class QueryError extends Error {
  /** HTTP status; 0 if no answer came. */
  readonly code: number;

  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'QueryError';
    this.code = code;
  }
}

/** Reads the query service's API. Every call rejects with `QueryError`, or with `AbortError` if it was called off. */
export interface QueryClient {
  services(signal?: AbortSignal): Promise<readonly string[]>;
  operations(service: string, signal?: AbortSignal): Promise<readonly string[]>;
  traces(search: URLSearchParams, signal?: AbortSignal): Promise<readonly TraceJson[]>;
  trace(traceId: string, signal?: AbortSignal): Promise<TraceJson | undefined>;
}

/** @param base where the UI is served: the API lies below it. */
export function queryClient(base: string, fetch = globalThis.fetch): QueryClient {
  async function get<T>(path: string, signal?: AbortSignal): Promise<T | null> {
    const { status, text } = await answerOf(fetch, new URL(path, base), signal);
    return dataOf<T>(status, text);
  }
  const inOrder = (names: readonly string[] | null) => [...(names ?? [])].sort();
  return {
    services: async (signal) => inOrder(await get('api/services', signal)),
    operations: async (service, signal) =>
      inOrder(await get(`api/services/${encodeURIComponent(service)}/operations`, signal)),
    traces: async (search, signal) =>
      (await get<TraceJson[]>(`api/traces?${search}`, signal)) ?? [],
    trace: async (traceId, signal) =>
      (await get<TraceJson[]>(`api/traces/${encodeURIComponent(traceId)}`, signal))?.[0],
  };
}

/** Rejects with `QueryError` if there is none. */
export async function answerOf(
  fetch: typeof globalThis.fetch,
  url: URL,
  signal?: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, { ...(signal && { signal }) });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new QueryError(`no answer from ${url.origin}`, 0, { cause });
  }
}

/** What has none in it is parsed without asking about each value. */
const LONG_INTEGER = /"value":-?\d{16}/;

/** An integer that a number rounds, as the text that it was sent as. Spans that came over TChannel have such. */
export function exactInteger(
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value;
}

/** Errors come with an HTTP status and as text/plain; some come beside data, with status 200. Throws `QueryError`. */
export function dataOf<T>(status: number, text: string): T | null {
  let envelope: EnvelopeJson<T>;
  try {
    envelope = JSON.parse(text, LONG_INTEGER.test(text) ? exactInteger : undefined);
  } catch (cause) {
    throw new QueryError(`HTTP ${status}, and the answer is not JSON`, status, { cause });
  }
  const message = envelope?.errors?.map((error) => error.msg).join('; ');
  if (status >= 400 || (message && envelope.data === null))
    throw new QueryError(message || `HTTP ${status}`, status);
  return envelope.data;
}

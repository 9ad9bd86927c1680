import { type ObservedTrace, observedTrace, type TraceJson } from '@spoor/analysis';
import { LessonError, reasonOf } from './lesson-error.ts';

/** What a query service, Jaeger's or ours, is asked here. */
export interface QueryApi {
  /** Without a slash at the end. */
  readonly url: string;
  services(): Promise<string[]>;
  /** `undefined` while no span of the trace is there. */
  trace(traceId: string): Promise<ObservedTrace | undefined>;
  /** Newest first. */
  findTraces(query: TraceSearch): Promise<ObservedTrace[]>;
  /** The page of a trace. */
  traceLink(traceId: string): string;
}

export interface TraceSearch {
  readonly service: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Microseconds since 1970; the service's default is two days ago. */
  readonly start?: number;
  readonly limit: number;
}

/** `timeout`: not in time, though somebody may be there; `not-query`: somebody answers, but not as a query service does. */
export type QueryApiErrorCode = 'unreachable' | 'timeout' | 'not-query';

/** No answer of a query service. */
export class QueryApiError extends Error {
  readonly code: QueryApiErrorCode;
  /** In as few words as say it: `ECONNREFUSED`, `timeout`. */
  readonly reason: string;

  constructor(code: QueryApiErrorCode, url: string, reason: string, options?: ErrorOptions) {
    super(`${url}: ${reason}`, options);
    this.name = 'QueryApiError';
    this.code = code;
    this.reason = reason;
  }
}

/** Above all that a query service needs for its answers here, below what a person waits for. */
const ANSWER_TIMEOUT_MS = 5000;

export function queryApi(baseUrl: string, timeout = ANSWER_TIMEOUT_MS): QueryApi {
  const url = baseUrl.replace(/\/+$/, '');

  async function get<Data>(path: string): Promise<Data | undefined> {
    const { status, body } = await fetch(url + path, { signal: AbortSignal.timeout(timeout) })
      .then(async (answer) => ({ status: answer.status, body: await answer.text() }))
      .catch((error: unknown) => {
        const reason = reasonOf(error);
        const code = reason === 'timeout' ? 'timeout' : 'unreachable';
        throw new QueryApiError(code, url, reason, { cause: error });
      });
    if (status === 404 && path.startsWith('/api/traces/')) return undefined;
    const envelope = parsed(body);
    if (status !== 200 && envelope !== undefined)
      throw new LessonError((say) =>
        say('query.failed', {
          url: url + path,
          status,
          body: envelope.errors?.[0]?.msg ?? glimpse(body),
        }),
      );
    if (envelope === undefined)
      throw new QueryApiError('not-query', url, `GET ${path}: HTTP ${status}, ${glimpse(body)}`);
    return envelope.data as Data;
  }

  return {
    url,
    services: async () => (await get<string[] | null>('/api/services')) ?? [],
    async trace(traceId) {
      const [trace] = (await get<TraceJson[]>(`/api/traces/${traceId}`)) ?? [];
      return trace && observedTrace(trace);
    },
    async findTraces({ service, tags, start, limit }) {
      const query = new URLSearchParams({ service, limit: String(limit) });
      if (tags) query.set('tags', JSON.stringify(tags));
      if (start !== undefined) query.set('start', String(start));
      return ((await get<TraceJson[] | null>(`/api/traces?${query}`)) ?? []).map(observedTrace);
    },
    traceLink: (traceId) => `${url}/trace/${traceId}`,
  };
}

/** One that is still being found: its questions wait for it. It has no address before. */
export function comingQueryApi(coming: Promise<QueryApi>): QueryApi {
  let found: QueryApi | undefined;
  coming.then(
    (query) => {
      found = query;
    },
    // Whoever asks it anything hears of it.
    () => {},
  );
  const there = () => {
    if (!found) throw new Error('the query service is still being found');
    return found;
  };
  return {
    get url() {
      return there().url;
    },
    services: async () => (await coming).services(),
    trace: async (traceId) => (await coming).trace(traceId),
    findTraces: async (search) => (await coming).findTraces(search),
    traceLink: (traceId) => there().traceLink(traceId),
  };
}

interface Envelope {
  readonly data: unknown;
  readonly errors?: readonly { readonly msg?: string }[] | null;
}

/** Every answer of a query service is an envelope `{"data": …, "errors": …}`. */
function parsed(body: string): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isEnvelope = typeof value === 'object' && value !== null && 'data' in value;
    return isEnvelope ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}

function glimpse(body: string): string {
  const text = body.trim().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text || '-';
}

import { LessonError, reasonOf } from './lesson-error.ts';
import { type ObservedTrace, observedTrace, type TraceJson } from './observed-trace.ts';

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

/** Nobody answers there (any more). */
export class Unreachable extends Error {}

/** Somebody answers there, but not as a query service does. */
export class NotQuery extends Error {}

/** Above all that a query service needs for its answers here, below what a person waits for. */
const ANSWER_TIMEOUT_MS = 5000;

export function queryApi(baseUrl: string, timeout = ANSWER_TIMEOUT_MS): QueryApi {
  const url = baseUrl.replace(/\/+$/, '');

  async function get<Data>(path: string): Promise<Data | undefined> {
    const { status, body } = await fetch(url + path, { signal: AbortSignal.timeout(timeout) }).then(
      async (answer) => ({ status: answer.status, body: await answer.text() }),
      (error: unknown) => {
        throw new Unreachable(reasonOf(error), { cause: error });
      },
    );
    if (status === 404 && path.startsWith('/api/traces/')) return undefined;
    const envelope = parsed(body);
    if (status !== 200 && envelope !== undefined)
      throw new LessonError((say) =>
        say('query.failed', { url: url + path, status, body: body.trim() }),
      );
    if (envelope === undefined) throw new NotQuery(`GET ${path}: HTTP ${status}, ${glimpse(body)}`);
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

/** Every answer of a query service is an envelope `{"data": …, "errors": …}`. */
function parsed(body: string): { data: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isEnvelope = typeof value === 'object' && value !== null && 'data' in value;
    return isEnvelope ? (value as { data: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

function glimpse(body: string): string {
  const text = body.trim().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text || '-';
}

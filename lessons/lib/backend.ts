import { setTimeout as delay } from 'node:timers/promises';
import type { AdditionalRoute, AllInOnePorts } from '@spoor/all-in-one';
import { createLogger, PortHeldError } from '@spoor/platform';
import { type AgentAddress, agentFromEnv, agentText } from './agent-address.ts';
import { holderOf, isFree } from './free-port.ts';
import { LessonError } from './lesson-error.ts';
import { heldPortError } from './port-table.ts';
import { roundTrip } from './probe.ts';
import { type QueryApi, QueryApiError, queryApi } from './query-api.ts';

/** Where a lesson's spans go and where they are looked at. */
export interface Backend {
  readonly query: QueryApi;
  readonly agent: AgentAddress;
  /** One that was found on this machine, without being named: if it ends, one of our own may take its place. */
  readonly found?: true;
  /** Of the probe; absent for a stack of our own, which needs none. */
  readonly roundTripMs?: number;
  /** Ends the stack if it is our own. */
  close(): Promise<void>;
}

/** Whether it runs in this process, and ends with it: only one that is not our own was probed. */
export const isOwn = ({ roundTripMs }: Pick<Backend, 'roundTripMs'>): boolean =>
  roundTripMs === undefined;

export interface BackendOptions {
  /** `--query`: the URL of a query service. */
  readonly query?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Of our own stack, and of the one that may be running. */
  readonly ports: AllInOnePorts;
  /** Of our own stack's store. */
  readonly directory: string;
  /** Served by our own stack beside its API and UI. */
  readonly additionalRoutes?: readonly AdditionalRoute[];
  /** Hears that a stack of our own is being started. */
  readonly onStarting?: () => void;
}

/** How long a span may take from UDP to the query service; Jaeger's own clients and stores need up to a second. */
const ROUND_TRIP_MS = 5000;
/** A query service that is just starting says 503. */
const STARTING_MS = 5000;
const FIRST_ANSWER_MS = 2000;

/** The agent that the lesson's programs report to, known before any backend is found. */
export function agentOf({ query, env, ports }: BackendOptions): AgentAddress {
  const { host, port } = agentFromEnv(env, query ? hostOf(query) : undefined);
  return { host, port: env['JAEGER_AGENT_PORT'] ? port : ports.agentCompact };
}

/**
 * Finds a backend: the one that was named, else the one that answers on the query port, else one of our own. One that
 * was found is taken only if a probe span comes back through it.
 */
export async function findBackend(options: BackendOptions): Promise<Backend> {
  const { query, env, ports } = options;
  if (query || env['JAEGER_AGENT_HOST'] || env['JAEGER_AGENT_PORT']) return attachToGiven(options);
  if (await isFree(ports.queryHttp)) {
    options.onStarting?.();
    return startOwn(options);
  }
  return attachToRunning(options);
}

/** Starts the stack in this process. */
export async function startOwn(options: BackendOptions): Promise<Backend> {
  const { ports, directory, additionalRoutes = [] } = options;
  // Loaded only when it is needed.
  const { startAllInOne } = await import('@spoor/all-in-one');
  try {
    const stack = await startAllInOne({
      ports,
      storage: { embedded: { directory } },
      query: { additionalRoutes },
      logger: createLogger({ name: 'all-in-one', level: 'error' }),
    });
    return {
      query: queryApi(`http://localhost:${stack.ports.queryHttp}`),
      agent: { host: '127.0.0.1', port: stack.ports.agentCompact },
      close: () => stack.close(),
    };
  } catch (error) {
    if (error instanceof PortHeldError) throw heldPortError(error, ports, 'port.purpose.stack');
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new LessonError((say) => say('backend.failed', { reason }), { cause: error });
  }
}

async function attachToGiven(options: BackendOptions): Promise<Backend> {
  const agent = agentOf(options);
  const url = options.query ?? `http://${agentText({ ...agent, port: options.ports.queryHttp })}`;
  if (!URL.canParse(url)) throw new LessonError((say) => say('backend.badQuery', { value: url }));
  const query = queryApi(url);
  try {
    await firstAnswer(url);
    return await proven(query, agent);
  } catch (error) {
    if (!(error instanceof QueryApiError)) throw error;
    const { code, reason } = error;
    const key = code === 'not-query' ? 'backend.notQuery' : 'backend.unreachable';
    throw new LessonError((say) => say(key, { url, reason }), { cause: error });
  }
}

async function attachToRunning(options: BackendOptions): Promise<Backend> {
  const port = options.ports.queryHttp;
  const query = queryApi(`http://localhost:${port}`);
  try {
    await firstAnswer(query.url);
  } catch (error) {
    if (!(error instanceof QueryApiError)) throw error;
    const { reason } = error;
    const holder = await holderOf(port, 'tcp');
    throw new LessonError((say) => say('backend.stranger', { port, holder: holder(say), reason }));
  }
  return { ...(await proven(query, agentOf(options))), found: true };
}

async function firstAnswer(url: string): Promise<void> {
  const query = queryApi(url, FIRST_ANSWER_MS);
  const deadline = performance.now() + STARTING_MS;
  for (;;) {
    try {
      await query.services();
      return;
    } catch (error) {
      if (!(error instanceof LessonError) || performance.now() > deadline) throw error;
      await delay(100);
    }
  }
}

async function proven(query: QueryApi, agent: AgentAddress): Promise<Backend> {
  const roundTripMs = await roundTrip(agent, query, ROUND_TRIP_MS);
  if (roundTripMs !== undefined) return { query, agent, roundTripMs, close: async () => {} };
  const queryPort = Number(new URL(query.url).port || 80);
  const nobody = await isFree(agent.port, 'udp');
  const agentHolder = await holderOf(agent.port, 'udp');
  const queryHolder = await holderOf(queryPort, 'tcp');
  throw new LessonError((say) =>
    say('backend.noRoundTrip', {
      url: query.url,
      agent: agentText(agent),
      seconds: ROUND_TRIP_MS / 1000,
      agentPort: agent.port,
      agentHolder: nobody ? say('backend.nobody') : agentHolder(say),
      queryPort,
      queryHolder: queryHolder(say),
    }),
  );
}

function hostOf(url: string): string | undefined {
  // An IPv6 address stands in brackets only in a URL.
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1') : undefined;
}

import {
  type ObservedTrace,
  observedTrace,
  openCalls,
  rootRequest,
  type SeveredCall,
  severedCalls,
} from '@spoor/analysis';
import type { QueryClient } from '../../api/query-client.ts';
import { tracesOfAll } from '../../search/find-traces.ts';

/** So many services are asked each. */
const MOST_SERVICES = 16;
/** Of each service. */
const MOST_TRACES = 20;
/** Of all services at once. */
const MOST_OF_ALL = MOST_SERVICES * MOST_TRACES;
/** How long before a request its caller is looked for, in microseconds: longer calls are rare. */
const LONGEST_CALL = 60_000_000;
/** By how much clocks and the ends of call and request may differ, in microseconds. */
const SLACK = 100_000;

/** What was found in other traces, and how far was looked. */
export interface OtherTraces {
  readonly severed: readonly SeveredCall[];
  readonly traceCount: number;
  /** Services that were asked, and all that there are. */
  readonly asked: number;
  readonly services: number;
}

/** Whether there is anything to look for in other traces. */
export const isOpen = (trace: ObservedTrace) =>
  openCalls(trace).length > 0 || rootRequest(trace) !== undefined;

/** Looks for requests that the open calls of a trace may have become, and for calls that its root may come from. */
export async function otherTraces(
  client: Pick<QueryClient, 'services' | 'traces'>,
  trace: ObservedTrace,
  signal: AbortSignal,
): Promise<OtherTraces> {
  const calls = openCalls(trace);
  const request = rootRequest(trace);
  const services = await client.services(signal);
  const named = servicesToAsk(services, trace);
  let asked = named.length;
  const found = new Map<string, ObservedTrace>();
  const read = async (params: Readonly<Record<string, string | number>>) => {
    const each = named.map((service) =>
      client.traces(searchParams({ ...params, service, limit: MOST_TRACES }), signal),
    );
    // Beside the others: these a busy service could crowd out.
    const ofAll =
      named.length < services.length &&
      tracesOfAll(client, searchParams({ ...params, limit: MOST_OF_ALL }), signal);
    const answers = await Promise.all([...each, ofAll]);
    if (answers.at(-1)) asked = services.length;
    for (const json of answers.flatMap((traces) => traces || []))
      if (json.traceID !== trace.traceId) found.set(json.traceID, observedTrace(json));
  };
  if (calls.length > 0)
    await read({
      tags: '{"span.kind":"server"}',
      start: Math.min(...calls.map(({ startTime }) => startTime)) - SLACK,
      end: Math.max(...calls.map(({ startTime, duration }) => startTime + duration)),
    });
  if (request)
    await read({
      tags: '{"span.kind":"client"}',
      start: request.startTime - LONGEST_CALL,
      end: request.startTime + SLACK,
      minDuration: `${Math.max(0, request.duration - SLACK)}us`,
    });
  const others = [...found.values()];
  return {
    severed: [...severedCalls([trace], others), ...severedCalls(others, [trace])],
    traceCount: others.length,
    asked,
    services: services.length,
  };
}

/** All, or of very many those that the calls themselves name. */
function servicesToAsk(services: readonly string[], trace: ObservedTrace): readonly string[] {
  if (services.length <= MOST_SERVICES) return services;
  const named = new Set(openCalls(trace).map(({ tags }) => tags['peer.service']));
  return services.filter((service) => named.has(service)).slice(0, MOST_SERVICES);
}

const searchParams = (params: Readonly<Record<string, string | number>>) =>
  new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]));

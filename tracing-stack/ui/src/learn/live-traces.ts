import { type ObservedTrace, observedTrace } from '@spoor/analysis';
import type { QueryClient } from '../api/query-client.ts';

const EVERY_MS = 1_500;
/** So many of a service's newest traces are looked at: enough for a request that came to pieces. */
const LIMIT = 12;
/** Microseconds. What the learner did before is not what this page is about. */
const LOOK_BACK = 3_600_000_000;

export interface LiveTraces {
  /** Traces to be looked at besides the newest ones. */
  keep(traceIds: readonly string[]): void;
  close(): void;
}

/** Asks for the newest traces of some services again and again, as long as the page is seen. */
export function liveTraces(
  client: QueryClient,
  services: readonly string[],
  hear: (traces: readonly ObservedTrace[]) => void,
): LiveTraces {
  const ending = new AbortController();
  let kept: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    const found = new Map<string, ObservedTrace>();
    const start = String(Date.now() * 1000 - LOOK_BACK);
    for (const service of services) {
      const query = new URLSearchParams({ service, limit: String(LIMIT), start });
      for (const json of await client.traces(query, ending.signal))
        found.set(json.traceID, observedTrace(json));
    }
    for (const traceId of kept) {
      if (found.has(traceId)) continue;
      // It may be in another backend, or gone: then the picture is empty, and the findings say what there is to say.
      const json = await client.trace(traceId, ending.signal).catch(() => undefined);
      if (json) found.set(traceId, observedTrace(json));
    }
    if (!ending.signal.aborted) hear([...found.values()].filter((trace) => !isDemo(trace)));
  }

  async function lookAgain(): Promise<void> {
    clearTimeout(timer);
    // A server that is not there is told by the events; here it is asked again.
    if (!document.hidden) await look().catch(() => {});
    if (!ending.signal.aborted) timer = setTimeout(lookAgain, EVERY_MS);
  }
  void lookAgain();

  return {
    keep(traceIds) {
      kept = traceIds;
    },
    close() {
      clearTimeout(timer);
      ending.abort();
    },
  };
}

/** `npm start` writes one such trace into each new store, with the names of lesson 3. Nobody's work is in it. */
function isDemo({ spans }: ObservedTrace): boolean {
  return spans.some(({ parentId, tags }) => parentId === undefined && tags['demo'] === 'true');
}

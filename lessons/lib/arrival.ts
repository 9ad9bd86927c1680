import { setTimeout as delay } from 'node:timers/promises';
import { compareTrace, type ExpectedTrace, type Finding } from './expected-trace.ts';
import { LessonError } from './lesson-error.ts';
import type { ObservedTrace } from './observed-trace.ts';
import { NotQuery, type QueryApi, Unreachable } from './query-api.ts';

/** A trace as far as it arrived, and what it differs in from the lesson's. */
export interface Arrival {
  readonly trace: ObservedTrace;
  readonly findings: readonly Finding[];
}

/** From the end of the request to the last span in the store: a reporter flushes once a second. */
export const ARRIVE_MS = 6000;
const ASK_EVERY_MS = 50;

/**
 * Asks for `traces` traces until all of them are as expected; after a while gives those that are there. `traceIds` is
 * asked for again each time: lines that tell of a trace may come later than the trace.
 */
export async function arrivals(
  expected: ExpectedTrace,
  query: QueryApi,
  traceIds: () => readonly string[],
): Promise<Arrival[]> {
  const { traces = 1 } = expected;
  const deadline = performance.now() + ARRIVE_MS;
  let latest: Arrival[] = [];
  while (performance.now() < deadline) {
    latest = [];
    for (const traceId of traceIds().slice(-traces)) {
      const trace = await traceOrGone(query, traceId);
      if (trace) latest.push({ trace, findings: compareTrace(expected, trace.spans) });
    }
    if (latest.length === traces && latest.every(({ findings }) => findings.length === 0)) break;
    await delay(ASK_EVERY_MS);
  }
  return latest;
}

async function traceOrGone(query: QueryApi, traceId: string): Promise<ObservedTrace | undefined> {
  try {
    return await query.trace(traceId);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NotQuery)) throw error;
    const facts = { url: query.url, reason: error.message };
    throw new LessonError((say) => say('backend.gone', facts), { cause: error });
  }
}

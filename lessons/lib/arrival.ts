import { setTimeout as delay } from 'node:timers/promises';
import {
  compareTrace,
  type ExpectedTrace,
  type TraceDifference as Finding,
  type ObservedTrace,
} from '@spoor/analysis';
import { LessonError } from './lesson-error.ts';
import { type QueryApi, QueryApiError } from './query-api.ts';

/** A trace as far as it arrived, and what it differs in from the lesson's. */
export interface Arrival {
  readonly trace: ObservedTrace;
  readonly findings: readonly Finding[];
}

/** From the end of the request to the last span in the store: a reporter flushes once a second. */
export const ARRIVE_MS = 6000;
const ASK_EVERY_MS = 50;
/** A backend that answers nothing for so long is given up. */
const SLOW_MS = 60_000;

/**
 * Asks for `traces` traces until all of them are as expected; after a while gives those that are there. `traceIds` is
 * asked for again each time: lines that tell of a trace may come later than the trace. A backend that does not answer in
 * time is waited for; `onSlow` hears of the first time.
 */
export async function arrivals(
  expected: ExpectedTrace,
  query: QueryApi,
  traceIds: () => readonly string[],
  onSlow: (error: QueryApiError) => void,
  compare: typeof compareTrace = compareTrace,
): Promise<Arrival[]> {
  const { traces = 1 } = expected;
  let deadline = performance.now() + ARRIVE_MS;
  let slowSince: number | undefined;
  let latest: Arrival[] = [];
  while (performance.now() < deadline) {
    latest = [];
    for (const traceId of traceIds().slice(-traces)) {
      let trace: ObservedTrace | undefined;
      try {
        trace = await query.trace(traceId);
      } catch (error) {
        if (!(error instanceof QueryApiError)) throw error;
        const now = performance.now();
        if (error.code !== 'timeout' || now - (slowSince ?? now) > SLOW_MS)
          throw goneError(error, query);
        if (slowSince === undefined) onSlow(error);
        slowSince ??= now;
        // What it has meanwhile not stored, it may store yet.
        deadline = now + ARRIVE_MS;
      }
      if (trace) latest.push({ trace, findings: compare(expected, trace.spans) });
    }
    if (latest.length === traces && latest.every(({ findings }) => findings.length === 0)) break;
    await delay(ASK_EVERY_MS);
  }
  return latest;
}

/** The backend that a trace was to be read from is no more. */
export function goneError(error: QueryApiError, { url }: QueryApi): LessonError {
  const facts = { url, reason: error.reason };
  return new LessonError((say) => say('backend.gone', facts), { cause: error });
}

/** As `compareTrace`, but a URL may name another host: services that run in containers know each other by other names. */
export const compareOnAnyHost: typeof compareTrace = (expected, spans) =>
  compareTrace(expected, spans).filter(
    (finding) =>
      finding.rule !== 'tag' || !isSameOnAnyHost(String(finding.expected), String(finding.actual)),
  );

function isSameOnAnyHost(expected: string, actual: string): boolean {
  if (!URL.canParse(expected) || !URL.canParse(actual)) return false;
  const [one, other] = [new URL(expected), new URL(actual)];
  return one.port === other.port && one.pathname === other.pathname;
}

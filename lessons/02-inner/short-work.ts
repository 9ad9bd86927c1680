import type { ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';

const ROOT = 'RootSpanOpname';
const LONG = 'Service1Opname';
const LAST = 'Service2Opname';
/** What the program sleeps between its two calls; the first call sleeps three times that. */
const BETWEEN_MS = 1000;
/** A timer may be a millisecond early by another clock. */
const EARLY_MS = 2;

/**
 * The long call took next to no time, and the pause after it, a third of its work, took its own. A sleep may be long by
 * chance and is never short, so a slow machine only makes a right program look better. Only one that stands still just
 * there makes a program without sleeps look so.
 */
export function shortWork(traces: readonly ObservedTrace[], scale: number): Finding[] {
  const pause = (BETWEEN_MS * scale - EARLY_MS) * 1000;
  for (const { traceId, spans } of traces) {
    const named = (name: string) => spans.filter(({ operationName }) => operationName === name);
    const [[long], [root]] = [named(LONG), named(ROOT)];
    if (!long || !root || long.duration >= pause / 2) continue;
    const end = long.startTime + long.duration;
    const last = Math.max(0, ...named(LAST).map(({ startTime }) => startTime));
    if (last - end < pause) continue;
    const variant = long.startTime - root.startTime >= pause ? { variant: 'LATE' } : {};
    const span = { traceId, spanId: long.spanId };
    return [{ rule: 'L2-SHORT', ...variant, params: { span: LONG }, span, expected: 'service1' }];
  }
  return [];
}

/**
 * The second call did not wait for the pause before it: a sleep began when the first call had finished, and was not over
 * when the second started. Whoever took the pause out has none that could be left unawaited.
 */
export function pauseNotAwaited({ tap }: Run): Finding[] {
  const finish = tap.find((event) => isTapped(event, 'finish') && event.operationName === LONG);
  const last = tap
    .filter((event) => isTapped(event, 'start'))
    .findLast(({ operationName }) => operationName === LAST);
  if (!finish || !last) return [];
  const isCutShort = tap
    .filter((event) => isTapped(event, 'sleep'))
    .some(({ at, ms }) => at >= finish.at && at <= last.at && last.at < at + ms - EARLY_MS);
  if (!isCutShort) return [];
  const span = { traceId: last.traceId, spanId: last.spanId };
  return [
    { rule: 'L2-SHORT', variant: 'PAUSE', params: { span: LAST }, span, expected: 'service2' },
  ];
}

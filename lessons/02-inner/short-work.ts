import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';

const ROOT = 'RootSpanOpname';
const LONG = 'Service1Opname';
const LAST = 'Service2Opname';
/** What the program sleeps between its two calls; the first call sleeps three times that. */
const BETWEEN_MS = 1000;
const WORK_MS = 3 * BETWEEN_MS;
const LOG = { event: 'service1-call', request: 'callService1' };
/** A timer may be a millisecond early by another clock. */
const EARLY_MS = 2;

/**
 * The long call took next to no time, and the pause after it, a third of its work, took its own. A sleep may be long by
 * chance and is never short, so a slow machine only makes a right program look better. Only one that stands still just
 * there makes a program without sleeps look so.
 */
export function shortWork(run: Run, traces: readonly ObservedTrace[], scale: number): Finding[] {
  const pause = (BETWEEN_MS * scale - EARLY_MS) * 1000;
  for (const { traceId, spans } of traces) {
    const named = (name: string) => spans.filter(({ operationName }) => operationName === name);
    const [[long], [root]] = [named(LONG), named(ROOT)];
    if (!long || !root) continue;
    const span = { traceId, spanId: long.spanId };
    const found = { rule: 'L2-SHORT', params: { span: LONG }, span, expected: 'service1' } as const;
    if (sleepOutlasts(run, long, scale)) return [found];
    if (sleptBefore(run, long, scale)) return [{ ...found, variant: 'LATE' }];
    if (long.duration >= pause / 2) continue;
    const end = long.startTime + long.duration;
    const last = Math.max(0, ...named(LAST).map(({ startTime }) => startTime));
    if (last - end < pause) continue;
    if (long.startTime - root.startTime >= pause) return [{ ...found, variant: 'LATE' }];
    return [workSleeps(run, scale).length > 0 ? found : { ...found, variant: 'NO-SLEEP' }];
  }
  return [];
}

/** The sleep that is the work began within the span and was not over at its end, however long a slow machine made that. */
function sleepOutlasts(run: Run, span: ObservedSpan, scale: number): boolean {
  const [start, finish] = lifeOf(run, span);
  if (!start || !finish) return false;
  return workSleeps(run, scale).some(
    ({ at, ms }) => at >= start.at && at <= finish.at && finish.at < at + ms - EARLY_MS,
  );
}

/** The sleep that is the work was over when the span began, which then was shorter than the work, with no sleep in it. */
function sleptBefore(run: Run, span: ObservedSpan, scale: number): boolean {
  const [start, finish] = lifeOf(run, span);
  if (!start || !finish || span.duration >= (WORK_MS * scale - EARLY_MS) * 1000) return false;
  const within = run.tap
    .filter((event) => isTapped(event, 'sleep'))
    .some(({ at }) => at >= start.at && at <= finish.at);
  return !within && workSleeps(run, scale).some(({ at, ms }) => at + ms - EARLY_MS <= start.at);
}

function lifeOf({ tap }: Run, { spanId }: ObservedSpan) {
  const start = tap.find((event) => isTapped(event, 'start') && event.spanId === spanId);
  const finish = tap.find((event) => isTapped(event, 'finish') && event.spanId === spanId);
  return [start, finish] as const;
}

function workSleeps({ tap }: Run, scale: number) {
  return tap
    .filter((event) => isTapped(event, 'sleep'))
    .filter(({ ms }) => Math.abs(ms - WORK_MS * scale) <= EARLY_MS);
}

/**
 * Between the two calls no second passes: it was left out, or lies before the first. That is another trace than the one
 * of the picture, and no wrong one.
 */
export function pauseMissing(traces: readonly ObservedTrace[], scale: number): Finding[] {
  const pause = (BETWEEN_MS * scale - EARLY_MS) * 1000;
  for (const { traceId, spans } of traces) {
    const named = (name: string) => spans.filter(({ operationName }) => operationName === name);
    const [[long], [root], last] = [named(LONG), named(ROOT), named(LAST).at(-1)];
    if (!long || !root || !last) continue;
    const start = Math.max(...named(LAST).map(({ startTime }) => startTime));
    if (start - (long.startTime + long.duration) >= pause / 2) continue;
    const isFirst = long.startTime - root.startTime >= pause;
    const params = { span: LAST, parent: LONG };
    const span = { traceId, spanId: last.spanId };
    const variant = isFirst ? 'PAUSE-FIRST' : 'NO-PAUSE';
    return [{ rule: 'L2-SHORT', variant, params, span, expected: 'service2' }];
  }
  return [];
}

/**
 * The log of the long call stands at its beginning, before the work that it reports. A sleep is never short, so a log that
 * was written after it lies at least as late. What is logged once more at the end is right.
 */
export function loggedEarly(traces: readonly ObservedTrace[], scale: number): Finding[] {
  const [work, soon] = [WORK_MS, BETWEEN_MS].map((ms) => (ms * scale - EARLY_MS) * 1000);
  for (const { traceId, spans } of traces)
    for (const { operationName, duration, startTime, logs, spanId } of spans) {
      if (operationName !== LONG || duration < (work as number)) continue;
      const own = logs.filter(({ fields }) =>
        Object.entries(LOG).some(([key, value]) => fields[key] === value),
      );
      const last = Math.max(...own.map(({ timestamp }) => timestamp));
      if (own.length === 0 || last - startTime >= (soon as number)) continue;
      const expected = Object.entries(LOG).map((field) => field.join('='));
      const params = { span: LONG, expected: expected.join(', ') };
      const span = { traceId, spanId };
      return [{ rule: 'A-LOG', variant: 'EARLY', params, span, expected: 'service1' }];
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

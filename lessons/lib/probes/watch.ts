import { setTimeout as delay } from 'node:timers/promises';
import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import type { TapEvent } from '../harness/tap-event.ts';
import type { Bench } from '../judge/bench.ts';
import { expectedNames } from '../judge/expected-names.ts';
import type { Run } from '../judge/run.ts';

/** What a probe brought about in the learner's programs. */
export interface Observation<Result> {
  readonly result: Result;
  /** The spans that came of it; the trace that began first is first. */
  readonly traces: readonly ObservedTrace[];
  /** The same, in one list. */
  readonly spans: readonly ObservedSpan[];
  /** What the tap saw meanwhile in one of the programs. */
  tapOf(run: Run): readonly TapEvent[];
}

export interface Watch {
  /**
   * Does something and waits until the programs are done with it: no span is under way any more, or for at most
   * `calmWithinMs`. What the programs did before is left out.
   */
  during<Result>(act: () => Promise<Result>, calmWithinMs: number): Promise<Observation<Result>>;
}

const LOOK_EVERY_MS = 10;
/** Spans that no lesson asks for may stay open for ever; one that only has another name is over soon. */
const FOREIGN_WITHIN_MS = 500;

/** Tells apart what each of several probes, one after the other, brought about in `runs`. */
export function watch(bench: Bench, runs: readonly Run[]): Watch {
  const seen = new Set<string>();
  const names = expectedNames(bench.lesson.expected);
  return {
    async during(act, calmWithinMs) {
      const tapFrom = new Map(runs.map((run) => [run, run.tap.length]));
      const result = await act();
      const since = (run: Run) => run.tap.slice(tapFrom.get(run) ?? 0);
      const busyOf = (run: Run) => ({
        ...underWay(since(run), names),
        onTheirWay: onTheirWay(run.port, since(run), runs.flatMap(since)),
      });
      await calm(bench, runs, busyOf, calmWithinMs);
      const all = await bench.tracesOf(...runs);
      const traces = all
        .map(({ traceId, spans }) => ({
          traceId,
          spans: spans.filter(({ spanId }) => !seen.has(`${traceId}:${spanId}`)),
        }))
        .filter(({ spans }) => spans.length > 0);
      for (const { traceId, spans } of traces)
        for (const { spanId } of spans) seen.add(`${traceId}:${spanId}`);
      const tapTo = new Map(runs.map((run) => [run, run.tap.length]));
      return {
        result,
        traces,
        spans: traces.flatMap(({ spans }) => spans),
        tapOf: (run) => run.tap.slice(tapFrom.get(run) ?? 0, tapTo.get(run)),
      };
    },
  };
}

/** Of what began since, everything has ended. A program may answer before its work is done. */
async function calm(
  { wait }: Pick<Bench, 'wait'>,
  runs: readonly Run[],
  busyOf: (run: Run) => UnderWay & { readonly onTheirWay: number },
  withinMs: number,
): Promise<void> {
  const over = new AbortController();
  let [isLate, isLateForForeign] = [false, false];
  void wait(withinMs, over.signal).then(() => {
    isLate = true;
  });
  void wait(FOREIGN_WITHIN_MS, over.signal).then(() => {
    isLateForForeign = true;
  });
  const busy = (run: Run) => {
    if (run.ending !== undefined) return false;
    const { wanted, foreign, onTheirWay } = busyOf(run);
    return wanted > 0 || onTheirWay > 0 || (foreign > 0 && !isLateForForeign);
  };
  // What a program tells comes over a pipe: later than its answer.
  do await delay(LOOK_EVERY_MS);
  while (!runs.some(isStuck) && runs.some(busy) && !isLate);
  over.abort();
}

/** It keeps everybody waiting who has asked it. */
function isStuck({ tap }: Run): boolean {
  return tap.at(-1)?.type === 'stuck';
}

/** How many spans are under way. */
export interface UnderWay {
  /** Of those that the lesson asks for, and of those right above them. */
  readonly wanted: number;
  readonly foreign: number;
}

export function underWay(tap: readonly TapEvent[], names: ReadonlySet<string>): UnderWay {
  const begun = new Map<string, string>();
  const above = new Set<string>();
  for (const event of tap) {
    if (event.type === 'start') begun.set(event.spanId, event.operationName);
    if (event.type === 'start' && names.has(event.operationName)) above.add(event.parentId);
    if (event.type === 'finish') begun.delete(event.spanId);
  }
  const wanted = [...begun].filter(([id, name]) => names.has(name) || above.has(id)).length;
  return { wanted, foreign: begun.size - wanted };
}

/**
 * Requests that left for a service and have not come in there yet: whoever does not wait for an answer may have answered
 * before the other has begun. `own` is the tap of the service on `port`, `all` that of everybody.
 */
export function onTheirWay(
  port: number | undefined,
  own: readonly TapEvent[],
  all: readonly TapEvent[],
): number {
  const left = all.filter(
    (event) =>
      event.type === 'request' &&
      URL.canParse(event.url) &&
      new URL(event.url).port === String(port),
  );
  const came = own.filter(({ type }) => type === 'serve');
  return Math.max(0, left.length - came.length);
}

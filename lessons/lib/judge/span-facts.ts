import type { SentBatch } from '../harness/sent-batch.ts';
import { isTapped, type TapEvent, type Tapped } from '../harness/tap-event.ts';
import type { Run } from './run.ts';

/** How many spans the tracers of a run started, finished and kept. */
export interface SpanFacts {
  readonly started: number;
  readonly finished: number;
  /** Finished, and kept by the sampler. */
  readonly sampled: number;
  /** Spans that were finished after their tracer was closed. */
  readonly droppedClosed: number;
  readonly finishedAgain: number;
  /** By the tap: what was started and not finished, in the order of the starts. */
  readonly unfinished: readonly Tapped<'start'>[];
  /** By the tap: what was finished after its tracer's close. */
  readonly late: readonly Tapped<'finish'>[];
  /** Names under which its tracers report; of those that finished a span, if one did. */
  readonly services: ReadonlySet<string>;
  readonly sent: readonly SentBatch[];
}

/** What our tracer says of the first span that came too late. */
const LATE = /a span was finished after close/;

/** Our tracers count for themselves; of npm jaeger-client, and of a process that was killed, the tap knows. */
export function spanFacts({ counters, tap, sent, lines }: Run): SpanFacts {
  const counted = new Set(counters.map(({ clientUuid }) => clientUuid));
  const of = <Type extends TapEvent['type']>(type: Type): Tapped<Type>[] =>
    tap.filter((event) => isTapped(event, type));
  const uncounted = (event: { clientUuid: string }) => !counted.has(event.clientUuid);
  const starts = of('start');
  const finishes = of('finish');
  const finishedIds = new Set(finishes.map(({ spanId }) => spanId));
  const closedAt = new Map(of('close').map(({ clientUuid, at }) => [clientUuid, at]));
  const late = finishes.filter(
    ({ clientUuid, at, sampled }) =>
      sampled && at > (closedAt.get(clientUuid) ?? Number.POSITIVE_INFINITY),
  );
  const sum = (pick: (counters: Run['counters'][number]['counters']) => number) =>
    counters.reduce((total, each) => total + pick(each.counters), 0);
  return {
    started: sum((each) => each.started) + starts.filter(uncounted).length,
    finished: sum((each) => each.finished) + finishes.filter(uncounted).length,
    sampled:
      sum((each) => each.sampled) +
      finishes.filter(uncounted).filter(({ sampled }) => sampled).length,
    droppedClosed: Math.max(
      sum((each) => each.droppedClosed) + late.filter(uncounted).length,
      // A service that still runs has not counted yet, but has complained.
      lines.some((line) => LATE.test(line)) ? 1 : 0,
    ),
    finishedAgain: sum((each) => each.finishedAgain) + of('finish-again').filter(uncounted).length,
    unfinished: starts.filter(({ spanId }) => !finishedIds.has(spanId)),
    late,
    services: new Set(
      sum((each) => each.finished) + finishes.length > 0
        ? [
            ...serviceOf(finishes),
            ...serviceOf(counters.filter((each) => each.counters.finished > 0)),
          ]
        : [...serviceOf(starts), ...serviceOf(counters)],
    ),
    sent,
  };
}

function serviceOf(all: readonly { readonly service: string }[]): string[] {
  return all.map(({ service }) => service);
}

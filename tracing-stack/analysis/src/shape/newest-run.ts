import type { ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';

/** Between the parts of one run, in microseconds: a program that calls one function after the other does not wait long. */
const GAP = 1_000_000;
/** Between runs that belong together where several traces are asked for: programs have to be started. */
const GAP_OF_SEVERAL = 10_000_000;

/**
 * The traces that the newest request left: those that overlap in time or follow each other closely. A program that was
 * started anew meanwhile, as its tracer's `client-uuid` says, is another run.
 * @param asked how many traces one run should leave
 */
export function newestRun(traces: readonly ObservedTrace[], asked = 1): ObservedTrace[] {
  const newestFirst = traces
    .filter(({ spans }) => spans.length > 0)
    .map((trace) => ({ trace, ...timesOf(trace), tracers: tracersOf(trace) }))
    .toSorted((a, b) => b.start - a.start);
  const run: typeof newestFirst = [];
  let start = Number.POSITIVE_INFINITY;
  for (const each of newestFirst) {
    const gap = start - each.end;
    if (run.length > 0 && gap > (asked > 1 ? GAP_OF_SEVERAL : GAP)) break;
    const isAnew = asked === 1 && gap > 0 && run.some((one) => isAfterRestart(one, each));
    if (isAnew) break;
    run.push(each);
    start = Math.min(start, each.start);
  }
  return run.map(({ trace }) => trace);
}

function timesOf({ spans }: ObservedTrace) {
  return {
    start: Math.min(...spans.map(({ startTime }) => startTime)),
    end: Math.max(...spans.map(endTime)),
  };
}

/** The tracers of each service. */
type Tracers = ReadonlyMap<string, unknown>;

function tracersOf({ spans }: ObservedTrace): Tracers {
  return new Map(spans.map((span) => [span.serviceName, span.processTags['client-uuid']]));
}

function isAfterRestart(a: { readonly tracers: Tracers }, b: { readonly tracers: Tracers }) {
  return [...a.tracers].some(
    ([service, tracer]) => b.tracers.has(service) && b.tracers.get(service) !== tracer,
  );
}

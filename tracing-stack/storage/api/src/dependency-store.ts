import type { Micros, TraceId } from '@spoor/model';
import type { CallSpan } from './dependencies/call-span.ts';

/** How often one service called another. */
export interface DependencyLink {
  readonly parent: string;
  readonly child: string;
  /** A safe integer; a sum that would be larger stays at `Number.MAX_SAFE_INTEGER`. */
  readonly callCount: number;
}

/**
 * The graph of the services. A call is a span below a span of another service in its trace (`dependencies/calls.ts`
 * says it exactly), and its time is the start of the called span.
 *
 * - MUST 17: `read` gives each pair of services once, sorted by parent and then child, with the sum of the calls between
 *   `endTs - lookback` and `endTs`, both included.
 * - MUST 18: links that were written count as calls at their `timestamp`. Links written for a timestamp replace those
 *   written for it before, so that doing it again changes nothing. A timestamp is kept in whole milliseconds.
 * - MUST 19: `write` resolves only when the links would survive a crash, as spans would, and are seen by whoever asks
 *   from then on.
 * - MUST 20: a store without `calls` counts the calls of its spans itself: they are there as soon as the spans are, also
 *   where the parent comes in a later batch, and each once however often its span came. For a store with `calls`
 *   somebody writes them: the dependencies job.
 */
export interface DependencyStore {
  read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]>;
  write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void>;
  /** Only of a store that does not count calls itself. */
  readonly calls?: CallSource;
}

/**
 * What whoever counts the calls of a store reads from it.
 *
 * - MUST 21: `traces` gives every span that starts at or after `from` and before `until`, those of a trace together, and
 *   each trace once; more spans of these traces may be among them. It holds one trace at a time, and not the whole time.
 * - MUST 22: `trace` gives every span of a trace, whenever it starts.
 * - MUST 23: `newest` gives the largest timestamp that links were written for, of those after `since`.
 */
export interface CallSource {
  traces(from: Micros, until: Micros): AsyncIterable<TraceCalls>;
  trace(traceId: TraceId): Promise<readonly CallSpan[]>;
  newest(since: Micros): Promise<Micros | undefined>;
}

/** The spans of a trace that a `CallSource` has come upon. */
export interface TraceCalls {
  readonly traceId: TraceId;
  readonly spans: readonly CallSpan[];
  /** Whether these are all spans of the trace, so that nothing is to be asked for. */
  readonly isWhole: boolean;
}

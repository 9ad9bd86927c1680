import type { Micros, Span, Trace, TraceId } from '@spoor/model';
import type { ArchiveStore } from './archive-store.ts';
import type { DependencyStore } from './dependency-store.ts';
import type { SamplingStore } from './sampling-store.ts';
import type { StoredBatch } from './stored-batch.ts';

/**
 * The writing half of a span store. Any number of writes may be under way at once.
 *
 * - MUST 1: `write` resolves only when the whole batch would survive a crash of the machine, and rejects otherwise. (In a
 *   store in memory it survives nothing; such a store is never the default.)
 * - MUST 2: a written batch is found by every reader that starts a call after `write` resolved.
 * - MUST 3: when it cannot take more, `write` rejects with `StorageError` code `full` or `unavailable` and has stored
 *   either all of the batch or none. A batch that cannot be read it rejects with `DecodeError`.
 * - MUST 4: spans of one trace may come in any number of batches, in any order; equal spans are not merged. Once `write`
 *   resolved, the bytes of the batch are the caller's again.
 * - MUST 5: a batch may be any age by its spans' clocks; only `arrivalTime` counts for expiry.
 */
export interface SpanWriter {
  write(batch: StoredBatch): Promise<void>;
}

/**
 * The reading half of a span store.
 *
 * - MUST 6: `trace` gives every span of the trace, in order of arrival, or `undefined` for an unknown trace.
 * - MUST 7: `findTraces` finds the traces of which at least one span matches every condition of the query at once
 *   (service, operation, start time, duration, all tags), whole, in the order asked for by their matches, at most `limit`
 *   of them; the limit is applied in that order, and before whole traces are read.
 * - MUST 8: `services` and `operations` are sorted and hold no duplicates.
 * - MUST 9: a record that cannot be read is counted and left out; it never fails a call.
 * - MUST 10: `arrivals` gives each batch written after the cursor once, in order of arrival, with the next cursor; without
 *   a cursor from the oldest batch that is left. It stops after the batch with which the spans are `limit` or more, and
 *   tears none apart. Without a cursor and with a limit of 0 it gives the cursor that stands after the newest batch. It
 *   rejects with `StorageError` for a text that is no cursor.
 */
export interface SpanReader {
  services(): Promise<string[]>;
  operations(query: OperationQuery): Promise<Operation[]>;
  trace(traceId: TraceId): Promise<Trace | undefined>;
  findTraces(query: TraceQuery): Promise<Trace[]>;
  findTraceIds(query: TraceQuery): Promise<TraceId[]>;
  arrivals(cursor: string | undefined, limit: number): Promise<Arrivals>;
}

/** What has a life. */
export interface Store {
  /** Throws `StorageError` with the reason while the store cannot serve. */
  check(): Promise<void>;
  /**
   * Refuses further calls and waits for those under way. What a server has not answered by the deadline rejects then; without
   * one it has a few seconds.
   */
  close(deadline?: AbortSignal): Promise<void>;
}

export interface SpanStore extends Store {
  readonly writer: SpanWriter;
  readonly reader: SpanReader;
  /** Left out by a store that cannot keep what adaptive sampling needs, and by one that is for reading only. */
  readonly sampling?: SamplingStore;
  /** Left out where no archive was asked for or can be. */
  readonly archive?: ArchiveStore;
  /** Left out by a store that knows nothing of who called whom. */
  readonly dependencies?: DependencyStore;
}

export interface OperationQuery {
  readonly serviceName: string;
  readonly spanKind?: string;
}

/** `spanKind` is `''` when the spans carry no `span.kind`. */
export interface Operation {
  readonly name: string;
  readonly spanKind: string;
}

export interface TraceQuery {
  /** Without it: across all services. */
  readonly serviceName?: string;
  readonly operationName?: string;
  /** Each must be on the matching span: as a span tag, a process tag or a log field, compared by `valueAsString`. */
  readonly tags: ReadonlyMap<string, string>;
  /** Of the matching span's start; both ends included. */
  readonly startTimeMin: Micros;
  readonly startTimeMax: Micros;
  readonly durationMin?: Micros;
  readonly durationMax?: Micros;
  /** At most this many traces; `Infinity` for all. */
  readonly limit: number;
  /** Newest match first unless given. */
  readonly order?: SearchOrder;
}

/** Which traces come first: those with the newest matching span, or those with the longest. Less than no time may count as none. */
export type SearchOrder = 'most-recent' | 'longest-first';

export interface Arrivals {
  readonly spans: readonly Span[];
  /** Give it back to go on from here. */
  readonly cursor: string;
}

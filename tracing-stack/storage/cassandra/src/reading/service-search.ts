import { type Micros, type Span, type TraceId, traceIdFromBytes } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { hasTags, NewestTraces } from '@spoor/storage-api/search';
import type { Session } from '../connection/session.ts';
import { bucketStart, durationBucket } from '../rows/index-rows.ts';
import { isKey } from '../rows/key-length.ts';
import { SELECT_BY_DURATION } from '../statements/select-by-duration.ts';
import { limited } from './limited.ts';
import type { RowReader } from './row-reader.ts';
import { durationBounds, startWindow } from './search-bounds.ts';
import { jaegerStarts, newestStart, ownStarts, type Scope } from './starts.ts';
import { taggedSpans } from './tag-join.ts';

export interface SearchParts {
  readonly session: Session;
  readonly rows: RowReader;
  /** Whether there is `spoor_start_index`. */
  readonly startIndex: boolean;
  /** Traces that an index knows and that are not there. */
  readonly missing: ReadonlySet<TraceId>;
}

/** Spans that are read at once to see whether they match. */
const CANDIDATES = 16;

/** The traces of one service that match, with the start of the newest match in each; at most `limit`, newest first. */
export async function searchService(
  parts: SearchParts,
  serviceName: string,
  query: TraceQuery,
): Promise<[TraceId, Micros][]> {
  const found = new FoundTraces(query.limit, parts.missing);
  const scope = { serviceName, operationName: query.operationName };
  if (!isKey([serviceName, query.operationName ?? '', true])) return [];
  if (query.tags.size > 0) await addTagged(parts, scope, query, found);
  else if (durationBounds(query)) await addByDuration(parts, scope, query, found);
  else await addByStart(parts, scope, query, found);
  return found.all();
}

class FoundTraces {
  private readonly newest: NewestTraces;
  private readonly starts = new Map<TraceId, Micros>();
  private readonly missing: ReadonlySet<TraceId>;

  constructor(limit: number, missing: ReadonlySet<TraceId>) {
    this.newest = new NewestTraces(limit);
    this.missing = missing;
  }

  add(traceId: TraceId, start: Micros): void {
    if (this.missing.has(traceId)) return;
    this.newest.add(traceId, start);
    this.starts.set(traceId, Math.max(start, this.starts.get(traceId) ?? start));
  }

  has(traceId: TraceId): boolean {
    return this.starts.has(traceId);
  }

  isSettledBefore(start: Micros): boolean {
    return this.newest.isSettledBefore(start);
  }

  all(): [TraceId, Micros][] {
    return this.newest.traceIds().map((id) => [id, this.starts.get(id) ?? 0]);
  }
}

/** Both tables, for what the real collector wrote is in Jaeger's alone. */
async function addByStart(
  { session, startIndex }: SearchParts,
  scope: Scope,
  query: TraceQuery,
  found: FoundTraces,
): Promise<void> {
  const window = startWindow(query);
  const lists = startIndex ? [ownStarts, jaegerStarts] : [jaegerStarts];
  for (const starts of lists) {
    for await (const { start_time, trace_id } of starts(session, scope, window)) {
      const start = Number(start_time);
      if (found.isSettledBefore(start)) break;
      found.add(traceIdFromBytes(trace_id), start);
    }
  }
}

/**
 * Hour after hour, from the newest on in which there is any span: an hour's spans come in order of duration, so all that
 * took long enough are looked at. What has no name stands for any operation there, so it is looked for in the spans.
 */
async function addByDuration(
  { session, rows }: SearchParts,
  scope: Scope,
  query: TraceQuery,
  found: FoundTraces,
): Promise<void> {
  const bounds = durationBounds(query);
  if (bounds === undefined) return;
  const window = startWindow(query);
  const place = { service_name: scope.serviceName, operation_name: scope.operationName ?? '' };
  let upTo = window.start_max;
  for (;;) {
    const newest = await newestStart(session, scope, { ...window, start_max: upTo });
    if (newest === undefined || found.isSettledBefore(Number(newest))) return;
    const bucket = durationBucket(Number(newest));
    const spans = session.rows(SELECT_BY_DURATION, { ...place, bucket, ...bounds });
    for await (const { start_time, trace_id } of spans) {
      if (start_time < window.start_min || start_time > window.start_max) continue;
      const traceId = traceIdFromBytes(trace_id);
      if (scope.operationName === '') {
        addMatches((await rows.trace(traceId))?.spans ?? [], scope, query, found);
      } else found.add(traceId, Number(start_time));
    }
    upTo = BigInt(bucketStart(bucket)) - 1n;
  }
}

/** The index has the tags alone: the span says whether the rest holds. One look at a trace is enough if it matches. */
async function addTagged(
  { session, rows }: SearchParts,
  scope: Scope,
  query: TraceQuery,
  found: FoundTraces,
): Promise<void> {
  const { serviceName } = scope;
  const tagged = taggedSpans(session, serviceName, query.tags, startWindow(query));
  let candidates: { readonly trace_id: Buffer; readonly span_id: bigint }[] = [];
  async function look(): Promise<void> {
    const spans = await limited(candidates, CANDIDATES, (candidate) =>
      rows.withId(candidate.trace_id, candidate.span_id),
    );
    candidates = [];
    for (const withId of spans) addMatches(withId, scope, query, found);
  }
  for await (const candidate of tagged) {
    if (candidates.length === CANDIDATES) await look();
    if (found.isSettledBefore(Number(candidate.start_time))) break;
    if (!found.has(traceIdFromBytes(candidate.trace_id))) candidates.push(candidate);
  }
  await look();
}

function addMatches(
  spans: readonly Span[],
  scope: Scope,
  query: TraceQuery,
  found: FoundTraces,
): void {
  for (const span of spans) {
    if (matches(span, scope, query)) found.add(span.traceId, span.startTime);
  }
}

function matches(span: Span, { serviceName, operationName }: Scope, query: TraceQuery): boolean {
  const { startTimeMin, startTimeMax, durationMin = -Infinity, durationMax = Infinity } = query;
  return (
    span.process.serviceName === serviceName &&
    (operationName === undefined || span.operationName === operationName) &&
    span.startTime >= startTimeMin &&
    span.startTime <= startTimeMax &&
    span.duration >= durationMin &&
    span.duration <= durationMax &&
    hasTags(span, query.tags)
  );
}

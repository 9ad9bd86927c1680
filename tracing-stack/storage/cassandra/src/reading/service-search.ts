import { type Micros, type Span, type TraceId, traceIdFromBytes } from '@spoor/model';
import type { SearchOrder, TraceQuery } from '@spoor/storage-api';
import { hasTags, RankedTraces, rankOf } from '@spoor/storage-api/search';
import type { Session } from '../connection/session.ts';
import { bucketStart, durationBucket } from '../rows/index-rows.ts';
import { isKey } from '../rows/key-length.ts';
import { SELECT_BY_DURATION } from '../statements/select-by-duration.ts';
import { limited } from './limited.ts';
import type { RowReader } from './row-reader.ts';
import { asksForDuration, durationBounds, startWindow } from './search-bounds.ts';
import { jaegerStarts, newestStart, ownStarts, type Scope } from './starts.ts';
import { taggedSpans } from './tag-join.ts';

export interface SearchParts {
  readonly session: Session;
  readonly rows: RowReader;
  /** Whether there is `spoor_start_index`. */
  readonly startIndex: boolean;
}

/** Spans that are read at once to see whether they match. */
const CANDIDATES = 16;

/** The traces of one service that match, with the highest rank of a match in each; at most `limit`, in the query's order. */
export async function searchService(
  parts: SearchParts,
  serviceName: string,
  query: TraceQuery,
): Promise<[TraceId, Micros][]> {
  const found = new FoundTraces(query);
  const scope = { serviceName, operationName: query.operationName };
  if (!isKey([serviceName, query.operationName ?? '', true])) return [];
  if (query.tags.size > 0) await addTagged(parts, scope, query, found);
  else if (asksForDuration(query)) await addByDuration(parts, scope, query, found);
  else await addByStart(parts, scope, query, found);
  return found.all();
}

class FoundTraces {
  private readonly byDuration: boolean;
  private readonly ranked: RankedTraces;
  private readonly ranks = new Map<TraceId, Micros>();
  private readonly order: SearchOrder | undefined;

  constructor({ limit, order }: TraceQuery) {
    this.order = order;
    this.byDuration = order === 'longest-first';
    this.ranked = new RankedTraces(limit);
  }

  add(traceId: TraceId, start: Micros, duration: Micros): void {
    const rank = rankOf(this.order, start, duration);
    this.ranked.add(traceId, rank);
    this.ranks.set(traceId, Math.max(rank, this.ranks.get(traceId) ?? rank));
  }

  /** Whether no match that starts then or before can change the result. */
  isSettledBefore(start: Micros): boolean {
    return !this.byDuration && this.ranked.isSettledBelow(start);
  }

  /** Whether no match that takes so long or less can change the result. */
  isSettledForShorter(duration: Micros): boolean {
    return this.byDuration && this.ranked.isSettledBelow(duration);
  }

  /** Whether an older match in a trace can change the result. */
  isOpen(traceId: TraceId): boolean {
    return this.byDuration || !this.ranks.has(traceId);
  }

  all(): [TraceId, Micros][] {
    return this.ranked.traceIds().map((id) => [id, this.ranks.get(id) ?? 0]);
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
      // Nobody asks how long these took.
      found.add(traceIdFromBytes(trace_id), start, 0);
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
  const window = startWindow(query);
  const place = { service_name: scope.serviceName, operation_name: scope.operationName ?? '' };
  let upTo = window.start_max;
  for (;;) {
    const newest = await newestStart(session, scope, { ...window, start_max: upTo });
    if (newest === undefined || found.isSettledBefore(Number(newest))) return;
    const bucket = durationBucket(Number(newest));
    const spans = session.rows(SELECT_BY_DURATION, { ...place, bucket, ...bounds });
    for await (const { duration, start_time, trace_id } of spans) {
      if (found.isSettledForShorter(Number(duration))) break;
      if (start_time < window.start_min || start_time > window.start_max) continue;
      const traceId = traceIdFromBytes(trace_id);
      if (scope.operationName === '') {
        addMatches((await rows.trace(traceId))?.spans ?? [], scope, query, found);
      } else found.add(traceId, Number(start_time), Number(duration));
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
    if (found.isOpen(traceIdFromBytes(candidate.trace_id))) candidates.push(candidate);
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
    if (matches(span, scope, query)) found.add(span.traceId, span.startTime, span.duration);
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

import { type StoredBatch, storedSpans, type TraceQuery } from '@spoor/storage-api';
import { NOON } from './sample-batch.ts';
import { type Search, WIDE_OPEN } from './searches.ts';

/** Fills a search up; its window counts from noon. */
export function query({ tags = {}, ...given }: Search['query']): TraceQuery {
  const filled = { ...WIDE_OPEN, ...given };
  return {
    ...filled,
    startTimeMin: NOON + filled.startTimeMin,
    startTimeMax: NOON + filled.startTimeMax,
    tags: new Map(Object.entries(tags)),
  };
}

/** The spans of a batch as a reader answers them. */
export function spansOf(stored: StoredBatch | undefined) {
  return stored === undefined ? [] : storedSpans(stored);
}

/** The operations of the spans in a trace or in arrivals. */
export function operationsIn(
  found: { readonly spans: readonly { operationName: string }[] } | undefined,
) {
  return found?.spans.map(({ operationName }) => operationName) ?? [];
}

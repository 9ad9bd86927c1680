import type { Micros } from '@spoor/model';
import { readServiceRow, type ServiceRow, serviceRowRange } from './service-row.ts';
import type { Tables } from './tables.ts';

/** The rows of the given services that can hold spans started from `oldest` to `newest`, newest first. */
export function* rowsNewestFirst(
  { serviceRows }: Tables,
  serviceIds: readonly number[],
  oldest: Micros,
  newest: Micros,
): Generator<ServiceRow> {
  const rowsOf = function* (serviceId: number): Generator<ServiceRow> {
    for (const { key, value } of serviceRows.getRange(serviceRowRange(serviceId, oldest, newest))) {
      yield readServiceRow(key, value);
    }
  };
  yield* mergedNewestFirst(serviceIds.map(rowsOf));
}

/** Merges rows that each come newest first. There are few services, so the next row is looked for one by one. */
function* mergedNewestFirst(sources: readonly Generator<ServiceRow>[]): Generator<ServiceRow> {
  try {
    let heads = sources.flatMap((source) => headOf(source));
    while (heads.length > 0) {
      const newest = heads.reduce((a, b) => (b.row.newestStart > a.row.newestStart ? b : a));
      yield newest.row;
      const next = newest.source.next();
      if (next.done) heads = heads.filter((head) => head !== newest);
      else newest.row = next.value;
    }
  } finally {
    // Each source holds a cursor in LMDB.
    for (const source of sources) source.return(undefined);
  }
}

function headOf(source: Generator<ServiceRow>): { source: typeof source; row: ServiceRow }[] {
  const first = source.next();
  return first.done ? [] : [{ source, row: first.value }];
}

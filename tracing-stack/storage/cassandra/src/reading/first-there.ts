import type { TraceId } from '@spoor/model';
import { limited } from './limited.ts';

/** Traces that are read at once. */
const TRACES = 8;

/**
 * What `read` gives for the first `limit` traces of a search that are there. An index may know traces that are not, of
 * batches that were refused: they take nobody's place. A search begins at the newest each time, so each asks for twice as
 * many as the one before: all of them together then read little more than the last.
 */
export async function firstThere<T>(
  limit: number,
  search: (limit: number) => Promise<readonly TraceId[]>,
  read: (id: TraceId) => Promise<T | undefined>,
): Promise<T[]> {
  const known = new Map<TraceId, T | undefined>();
  for (let wanted = limit; ; wanted *= 2) {
    const ids = await search(wanted);
    const found = await ofThem(ids, limit, known, read);
    if (found.length >= limit || ids.length < wanted) return found;
  }
}

/** Reads no more than it needs: traces may be large. */
async function ofThem<T>(
  ids: readonly TraceId[],
  limit: number,
  known: Map<TraceId, T | undefined>,
  read: (id: TraceId) => Promise<T | undefined>,
): Promise<T[]> {
  const found: T[] = [];
  let next = 0;
  while (found.length < limit && next < ids.length) {
    const some = ids.slice(next, next + limit - found.length);
    next += some.length;
    await limited(
      some.filter((id) => !known.has(id)),
      TRACES,
      async (id) => {
        known.set(id, await read(id));
      },
    );
    for (const id of some) {
      const one = known.get(id);
      if (one !== undefined) found.push(one);
    }
  }
  return found;
}

import type { Micros } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { type DependencyStore, StorageError } from '@spoor/storage-api';
import { countLinks } from '@spoor/storage-api/dependencies';
import { SLICE, slicesToCount } from './slices.ts';

export interface CountOptions {
  readonly dependencies: DependencyStore | undefined;
  readonly now: Micros;
  readonly lookback: Micros;
  readonly lateness: Micros;
  readonly logger: Logger;
}

/** What a run has written. */
export interface Counted {
  readonly slices: number;
  readonly calls: number;
}

/** As far back as a run looks for where the last one stopped. */
const FORGOTTEN: Micros = 30 * 24 * 3_600_000_000;

/**
 * Counts who called whom since the last run, hour by hour, and writes each hour's links for its start. A run that is broken
 * off, or made twice, does no harm: links written again for a time replace those before. Throws `StorageError` code
 * `unsupported` for a store whose calls are not counted from here.
 */
export async function countDependencies(options: CountOptions): Promise<Counted> {
  const { dependencies, now, lookback, lateness, logger } = options;
  const calls = dependencies?.calls;
  if (dependencies === undefined || calls === undefined) {
    const text =
      'nothing to count here: this job counts in elasticsearch and cassandra; behind grpc, run it where the store is, and other stores count by themselves';
    throw new StorageError('unsupported', `[dependencies] ${text}`);
  }
  const newest = await calls.newest(now - Math.max(FORGOTTEN, lookback));
  let callCount = 0;
  const slices = slicesToCount({ now, newest, lookback, lateness });
  for (const slice of slices) {
    const links = await countLinks(calls, slice, slice + SLICE);
    await dependencies.write(slice, links);
    const calledHere = links.reduce((sum, link) => sum + link.callCount, 0);
    callCount += calledHere;
    const hour = new Date(slice / 1000).toISOString();
    logger.debug({ hour, links: links.length, calls: calledHere }, 'counted an hour');
  }
  return { slices: slices.length, calls: callCount };
}

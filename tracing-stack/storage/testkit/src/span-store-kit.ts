import { describe } from 'vitest';
import { describeArchive } from './archive-tests.ts';
import { describeArrivals } from './arrival-tests.ts';
import { describeDependencies } from './dependency-tests.ts';
import { KitRun } from './kit-run.ts';
import type { KitSkip, OpenKitStore } from './kit-store.ts';
import { describeLife } from './life-tests.ts';
import { describeReading } from './reading-tests.ts';
import { describeSampling } from './sampling-tests.ts';
import { describeSearches } from './search-tests.ts';
import { describeWriting } from './writing-tests.ts';

/**
 * The tests that every span store passes; the numbers are those of the MUSTs in storage/api/src/*-store.ts. That a store
 * gets full (MUST 3, 16) and that spans expire (MUST 5) needs more than the contract offers: it is tested beside each
 * backend.
 */
export function describeSpanStore(
  name: string,
  open: OpenKitStore,
  skips: readonly KitSkip[] = [],
): void {
  for (const { hook, reason } of skips) {
    console.info(`${name}: what needs ${hook} is skipped, because ${reason}`);
  }
  describe(`${name} keeps what a span store MUST`, () => {
    const run = new KitRun(open, skips);
    describeLife(run);
    describeWriting(run);
    describeReading(run);
    describeSearches(run);
    describeArrivals(run);
    if (run.has('sampling')) describeSampling(run);
    if (run.has('archive')) describeArchive(run);
    if (run.has('dependencies')) describeDependencies(run);
  });
}

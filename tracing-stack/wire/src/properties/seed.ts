import * as fc from 'fast-check';

/**
 * The same each time, so that a change is to blame for what fails; `PROPERTY_SEED=random` looks further, a number begins
 * such a run again. Printed, because what fails says it, but what hangs does not.
 */
const ASKED = process.env['PROPERTY_SEED'] ?? '20261129';
const SEED = ASKED === 'random' ? Date.now() % 1_000_000_000 : Number(ASKED);

/** How often each property is tried, unless `PROPERTY_RUNS` says otherwise. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);

/** Makes the properties of a test file start at the seed of this run, and prints it. */
export function seedProperties(): void {
  console.log(`PROPERTY_SEED=${SEED}`);
  fc.configureGlobal({ seed: SEED, numRuns: RUNS });
}

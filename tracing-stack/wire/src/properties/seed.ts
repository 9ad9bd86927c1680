import * as fc from 'fast-check';

/** Of this run; `PROPERTY_SEED=N` begins it again. Printed, because what fails says it, but what hangs does not. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 1_000_000_000);

/** How often each property is tried, unless `PROPERTY_RUNS` says otherwise. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);

/** Makes the properties of a test file start at the seed of this run, and prints it. */
export function seedProperties(): void {
  console.log(`PROPERTY_SEED=${SEED}`);
  fc.configureGlobal({ seed: SEED, numRuns: RUNS });
}

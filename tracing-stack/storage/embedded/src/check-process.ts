import { basename, dirname } from 'node:path';
import { checkArchive, checkBucket } from './bucket-check.ts';
import type { Findings } from './findings.ts';
import { checkDependencies, checkSampling } from './row-check.ts';
import { ARCHIVE_FOLDER, DEPENDENCIES_FOLDER, SAMPLING_FOLDER } from './store-folders.ts';
import { openRows, openTables } from './tables.ts';

/** `check-process.ts FOLDER`: checks one folder of a store and tells who started it what it found. */
const [path = ''] = process.argv.slice(2);
process.send?.(check(), () => process.disconnect());

function check(): Findings {
  const name = basename(path);
  try {
    if (name === DEPENDENCIES_FOLDER) return checkDependencies(openRows(path, true), dirname(path));
    if (name === SAMPLING_FOLDER) return checkSampling(openRows(path, true));
    const tables = openTables(path, true);
    if (tables === undefined) return { records: 0, problems: ['it has no tables'] };
    return name === ARCHIVE_FOLDER ? checkArchive(tables) : checkBucket(tables);
  } catch (error) {
    return { records: 0, problems: [`it cannot be read: ${(error as Error).message}`] };
  }
}

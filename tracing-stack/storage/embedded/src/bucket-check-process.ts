import { checkBucket } from './bucket-check.ts';
import { openTables } from './tables.ts';

/** `bucket-check-process.ts FOLDER`: checks one bucket and tells who started it what it found. */
const [path = ''] = process.argv.slice(2);
process.send?.(check(), () => process.disconnect());

function check() {
  try {
    const tables = openTables(path, true);
    if (tables === undefined) return { records: 0, problems: ['it has no tables'] };
    return checkBucket(tables);
  } catch (error) {
    return { records: 0, problems: [`it cannot be read: ${(error as Error).message}`] };
  }
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openTables } from '../tables.ts';

/** For tests: makes the record that was written last, in the first bucket, unreadable. */
export async function spoilLastRecord(directory: string): Promise<void> {
  const [bucket = ''] = (await readdir(directory)).filter((name) => /^\d/.test(name));
  const tables = openTables(join(directory, bucket), false);
  const [last] = [...(tables?.records.getKeys({ reverse: true, limit: 1 }) ?? [])];
  await tables?.records.database.put(last ?? Buffer.alloc(8), Buffer.from('not a record'));
  await tables?.root.close();
}

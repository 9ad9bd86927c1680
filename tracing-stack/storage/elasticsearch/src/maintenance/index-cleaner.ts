import type { Logger } from '@spoor/platform';
import { Connection, MOST_NAME_BYTES, nameBytes, pathOf } from '../connection.ts';
import { jaegerIndices } from './jaeger-indices.ts';
import { type MaintenanceOptions, masterTimeout } from './maintenance-options.ts';
import { oldIndices, type WhichIndices } from './old-indices.ts';

/** Removes old indices of Jaeger's, and gives their names. Rejects with `StorageError`. */
export async function cleanIndices(
  options: MaintenanceOptions,
  which: WhichIndices,
  logger: Logger,
): Promise<string[]> {
  const connection = await Connection.of(options);
  try {
    const all = await jaegerIndices(connection, which.prefix);
    const names = oldIndices(all, which).map(({ name }) => name);
    for (const some of inLines(names)) {
      logger.info({ indices: some }, 'removing indices');
      await connection.request({
        method: 'DELETE',
        path: pathOf(some, '').slice(0, -1),
        query: masterTimeout(options),
      });
    }
    return names;
  } finally {
    await connection.close();
  }
}

function inLines(names: readonly string[]): string[][] {
  const lines: string[][] = [];
  let bytes = 0;
  for (const name of names) {
    const line = lines.at(-1);
    bytes += nameBytes(name);
    if (line === undefined || bytes > MOST_NAME_BYTES) {
      lines.push([name]);
      bytes = nameBytes(name);
    } else line.push(name);
  }
  return lines;
}

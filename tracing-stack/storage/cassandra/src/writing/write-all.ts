import { eachAtMost } from '@spoor/platform';
import type { Session } from '../connection/session.ts';
import type { PartitionWrite } from '../rows/partitioned-rows.ts';

/** Partitions that one batch writes to at once. A span may have a hundred thousand tags; others are to get their turn, too. */
const PARTITIONS = 64;

/** Writes to partitions, and to each in one call after the other, for the server takes them so. */
export function writeAll(session: Session, writes: readonly PartitionWrite[]): Promise<void> {
  return eachAtMost(PARTITIONS, writes, (write) => writePartition(session, write));
}

async function writePartition(session: Session, { statement, calls }: PartitionWrite) {
  for (const rows of calls) await session.write(statement, rows);
}

/** Writes what can be written, and gives the number of rows that could not. */
export async function writeWhatCanBe(
  session: Session,
  writes: readonly PartitionWrite[],
): Promise<number> {
  let left = 0;
  await eachAtMost(PARTITIONS, writes, async (write) => {
    try {
      await writePartition(session, write);
    } catch {
      left += write.calls.reduce((sum, { length }) => sum + length, 0);
    }
  });
  return left;
}

import type { Session } from '../connection/session.ts';
import type { PartitionWrite } from '../rows/partitioned-rows.ts';

/**
 * Writes to all partitions at once, and to each in one call after the other, for the server takes them so. Throws the first
 * failure when every one has ended: nothing goes on behind the caller's back.
 */
export async function writeAll(session: Session, writes: readonly PartitionWrite[]): Promise<void> {
  const ended = await Promise.allSettled(
    writes.map(async ({ statement, calls }) => {
      for (const rows of calls) await session.write(statement, rows);
    }),
  );
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

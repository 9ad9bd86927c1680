import type { RepeatedWarnings } from '../repeated-warnings.ts';
import { encodeRecord } from './batch-record.ts';
import type { DiskQueue, Written } from './disk-queue.ts';
import type { Waiting, WaitingLine } from './waiting-line.ts';

/** Batches in memory that are to be on disk: those that were tried stand before all on disk, the others behind. */
export interface MemoryLines {
  readonly front: WaitingLine;
  readonly memory: WaitingLine;
}

/** Writes what waits in memory to the disk, in its order. What has no place there stays where it was. Does not reject. */
export async function spill(
  { front, memory }: MemoryLines,
  disk: Pick<DiskQueue, 'append' | 'hasUnread' | 'prepend'>,
  warnings: RepeatedWarnings,
): Promise<void> {
  const first = front.takeAll(({ stored }) => stored === undefined);
  const others = memory.takeAll();
  const isFirst = !disk.hasUnread && front.length === 0;
  const all = isFirst ? [...first, ...others] : others;
  if (!isFirst && first.length > 0) {
    keep(first, await write(first, (records) => disk.prepend(records), warnings), front);
  }
  if (all.length === 0) return;
  const taken = await write(all, (records) => disk.append(records), warnings);
  // Only what was never tried goes back into the line of memory.
  const back = isFirst ? first.length : 0;
  keep(all.slice(0, back), taken, front);
  keep(all.slice(back), Math.max(0, taken - back), memory);
}

/** How many were written. Of what throws, none: a batch may then be sent twice, but it is not lost. */
async function write(
  batches: readonly Waiting[],
  to: (records: readonly Buffer[]) => Promise<Written>,
  warnings: RepeatedWarnings,
): Promise<number> {
  const { taken, error } = await attempt(() => to(batches.map(record)));
  if (error === undefined) return taken;
  const fields = { reason: error.message };
  if (taken === batches.length) warnings.warn('queue', fields, 'the queue on disk fails');
  else
    warnings.warn('queue write', fields, 'batches cannot be written to disk, and stay in memory');
  return taken;
}

async function attempt(write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    return { taken: 0, error: error as Error };
  }
}

function record({ model, batch, spans }: Waiting): Buffer {
  return encodeRecord({ model, batch }, spans);
}

function keep(batches: readonly Waiting[], taken: number, line: WaitingLine): void {
  for (const [i, waiting] of batches.entries()) {
    if (i < taken) waiting.release();
    else line.add(waiting);
  }
}

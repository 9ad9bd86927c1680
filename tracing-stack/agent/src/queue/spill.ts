import type { RepeatedWarnings } from '../repeated-warnings.ts';
import { encodeRecord } from './batch-record.ts';
import type { DiskQueue, Written } from './disk-queue.ts';
import type { Waiting, WaitingLine } from './waiting-line.ts';

/** Batches in memory that are to be on disk: those that were tried stand before all on disk, the others behind. */
export interface MemoryLines {
  readonly front: WaitingLine;
  readonly memory: WaitingLine;
}

/** Writes what waits in memory to the disk, in its order. What has no place there stays where it was. */
export async function spill(
  { front, memory }: MemoryLines,
  disk: DiskQueue,
  warnings: RepeatedWarnings,
): Promise<void> {
  const first = front.takeAll(({ stored }) => stored === undefined);
  const others = memory.takeAll();
  const isFirst = !disk.hasUnread && front.length === 0;
  const all = isFirst ? [...first, ...others] : others;
  if (!isFirst && first.length > 0) {
    keep(first, await disk.prepend(first.map(record)), front, warnings);
  }
  if (all.length === 0) return;
  const written = await disk.append(all.map(record));
  // Only what was never tried goes back into the line of memory.
  const back = isFirst ? first.length : 0;
  keep(all.slice(0, back), written, front, warnings);
  keep(all.slice(back), { ...written, taken: Math.max(0, written.taken - back) }, memory, warnings);
}

function record({ model, batch, spans }: Waiting): Buffer {
  return encodeRecord({ model, batch }, spans);
}

function keep(
  batches: readonly Waiting[],
  { taken, error }: Written,
  line: WaitingLine,
  warnings: RepeatedWarnings,
): void {
  for (const [i, waiting] of batches.entries()) {
    if (i < taken) waiting.release();
    else line.add(waiting);
  }
  if (error === undefined) return;
  const fields = { reason: error.message };
  warnings.warn('queue write', fields, 'batches cannot be written to disk, and stay in memory');
}

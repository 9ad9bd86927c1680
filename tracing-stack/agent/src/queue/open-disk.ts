import { type Logger, UserError } from '@spoor/platform';
import { FolderHeldError } from '@spoor/platform/folder-lock';
import { DiskQueue, type DiskQueueOptions } from './disk-queue.ts';

export interface QueueOptions extends DiskQueueOptions {
  /** Whether the agent does without, and says so, if it cannot have the folder. */
  readonly isOptional?: boolean;
}

/** Opens the queue on disk. Rejects with a `UserError` if there is none to be had, unless it is optional. */
export async function openDisk(
  options: QueueOptions,
  logger: Logger,
): Promise<DiskQueue | undefined> {
  const { directory, isOptional } = options;
  try {
    const disk = await DiskQueue.open(options);
    if (disk.bytes > 0) {
      logger.info({ directory, bytes: disk.bytes }, 'batches of an earlier run are on disk');
    }
    return disk;
  } catch (error) {
    const { message } = error as Error;
    const reason = error instanceof FolderHeldError ? message : `${directory}: ${message}`;
    if (!isOptional) {
      const words = `[agent] cannot use --${DIRECTORY_FLAG}: ${reason}`;
      throw new UserError('usage', words, { cause: error });
    }
    logger.warn({ reason }, 'batches that cannot be delivered stay in memory: no queue on disk');
    return undefined;
  }
}

export const DIRECTORY_FLAG = 'reporter.queue.directory';

import { FolderHeldError, type FolderLock, takeFolderLock } from '@spoor/platform/folder-lock';
import { StorageError } from '@spoor/storage-api';

/** Takes the data directory for this process. Throws `StorageError` code `unavailable` that names who has it. */
export function takeWriterLock(directory: string): FolderLock {
  try {
    return takeFolderLock(directory);
  } catch (error) {
    if (!(error instanceof FolderHeldError)) throw error;
    throw new StorageError('unavailable', `[embedded] ${error.message}`, { cause: error });
  }
}

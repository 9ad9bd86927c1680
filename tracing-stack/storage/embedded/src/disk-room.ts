import { existsSync, statfsSync } from 'node:fs';
import { StorageError } from '@spoor/storage-api';

/** What the system calls a disk without space: ENOSPC and EDQUOT, as names (node:fs) and as Linux's numbers (LMDB). */
const NO_SPACE: readonly unknown[] = ['ENOSPC', 'EDQUOT', 28, 122];

/** Whether there is room on the disk that holds a folder, and what a failed write to it means. */
export class DiskRoom {
  private readonly directory: string;
  private readonly spareBytes: number;

  /** With less than `spareBytes` left on the disk, it is full. */
  constructor(directory: string, spareBytes: number) {
    this.directory = directory;
    this.spareBytes = spareBytes;
  }

  isFull(): boolean {
    if (!existsSync(this.directory)) return false;
    const { bavail, bsize } = statfsSync(this.directory);
    return bavail * bsize < this.spareBytes;
  }

  /** Throws `StorageError` code `full`. */
  refuseIfFull(): void {
    if (this.isFull()) throw this.fullError(undefined);
  }

  /** The `StorageError` for a commit that failed. */
  async storageError(error: unknown): Promise<StorageError> {
    if (error instanceof StorageError) return error;
    const cause = await causeOf(error);
    const { code, message } = cause as { code?: unknown; message?: string };
    if (NO_SPACE.includes(code) || this.isFull()) return this.fullError(cause);
    const text = `[embedded] cannot write to ${this.directory}: ${message}`;
    return new StorageError('unavailable', text, { cause });
  }

  private fullError(cause: unknown): StorageError {
    const text = `[embedded] the disk that holds ${this.directory} is full`;
    return new StorageError('full', text, { cause });
  }
}

/** lmdb hides the reason of a failed commit in a promise of its own, which must be waited for. */
async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (reason) {
    return reason;
  }
}

/**
 * `unavailable`: cannot be reached now. `full`: cannot take more now. `closed`: was closed. `corrupt`: cannot be read.
 * `unsupported`: what is behind the store cannot do that, now or later.
 */
export type StorageErrorCode = 'unavailable' | 'full' | 'closed' | 'corrupt' | 'unsupported';

/** The error that every span store throws. The message starts with the store's name in brackets. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

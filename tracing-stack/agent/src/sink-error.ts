/** `full`: too much waits. `refused`: a collector will never take this batch. `closed`: given up on the way down. */
export type SinkErrorCode = 'full' | 'refused' | 'closed';

/** Why a batch was given up. */
export class SinkError extends Error {
  readonly code: SinkErrorCode;

  constructor(code: SinkErrorCode, message: string, cause?: unknown) {
    super(`[agent] ${message}`, { cause });
    this.name = 'SinkError';
    this.code = code;
  }
}

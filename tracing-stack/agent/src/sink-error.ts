/**
 * `again`: no collector takes it now. `refused`: a collector will never take this batch. `closed`: the sink was closed
 * before it was known.
 */
export type SinkErrorCode = 'again' | 'refused' | 'closed';

/** Why a batch was not delivered. */
export class SinkError extends Error {
  readonly code: SinkErrorCode;

  constructor(code: SinkErrorCode, message: string, cause?: unknown) {
    super(`[agent] ${message}`, { cause });
    this.name = 'SinkError';
    this.code = code;
  }
}

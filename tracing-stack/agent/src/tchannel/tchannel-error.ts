import { ErrorCode, errorCodeName } from '@spoor/wire';

/** Why a call over TChannel has no result. */
export class TchannelError extends Error {
  /** An `ErrorCode`, of the other end or our own. */
  readonly code: number;

  constructor(code: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TchannelError';
    this.code = code;
  }

  /** For people and counters. */
  get codeName(): string {
    return errorCodeName(this.code);
  }
}

/** Nobody is there, or no longer. */
export function networkError(message: string, cause?: unknown): TchannelError {
  return new TchannelError(ErrorCode.network, message, cause);
}

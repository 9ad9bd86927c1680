/** Why a request was refused before anything was stored. */
export type RequestErrorCode =
  | 'unsupported'
  | 'too-large'
  | 'aborted'
  | 'unreadable'
  | 'queue-full';

/** Of which status and message are the answer. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly status: number;

  constructor(code: RequestErrorCode, status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RequestError';
    this.code = code;
    this.status = status;
  }
}

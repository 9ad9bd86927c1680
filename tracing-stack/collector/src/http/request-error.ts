/** Why a request was refused before anything was stored. */
export type RequestErrorCode =
  | 'unsupported-type'
  | 'too-large'
  | 'aborted'
  | 'unreadable'
  | 'queue-full';

/** A request that brought no batch. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  /** What the sender is told: Jaeger's words where it has some. */
  readonly answer: string;

  constructor(code: RequestErrorCode, answer: string, cause?: unknown) {
    super(`[collector] ${answer}`, { cause });
    this.name = 'RequestError';
    this.code = code;
    this.answer = answer;
  }
}

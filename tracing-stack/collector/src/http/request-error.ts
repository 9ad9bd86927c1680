import type { BudgetShare } from '@spoor/platform';

/** Why a request was refused before anything was stored. */
export type RequestErrorCode =
  | 'unsupported-type'
  | 'unsupported-encoding'
  | 'too-large'
  | 'aborted'
  | 'too-slow'
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

/** What has no room beside the rest that is being received. */
export function noRoom({ budget }: BudgetShare): RequestError {
  const message = `${budget.bytes} of ${budget.maxBytes} bytes of requests are under way`;
  return new RequestError('queue-full', message);
}

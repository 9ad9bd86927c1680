/**
 * `no-trace`: there is no such trace. `no-archive`: the store has none. `too-much`: it would take too long to say.
 * `abandoned`: nobody waits for the answer.
 */
export type QueryErrorCode = 'no-trace' | 'no-archive' | 'too-much' | 'abandoned';

const MESSAGES = {
  'no-trace': 'trace not found',
  'no-archive': 'archive span storage was not configured',
  abandoned: 'nobody waits for the answer',
} as const;

/** Why a question has no answer; the messages are Jaeger's where it has one. */
export class QueryError extends Error {
  readonly code: QueryErrorCode;

  constructor(code: keyof typeof MESSAGES);
  constructor(code: 'too-much', message: string);
  constructor(code: QueryErrorCode, message = code === 'too-much' ? '' : MESSAGES[code]) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
  }
}

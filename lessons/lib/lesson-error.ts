import { type Say, speaker } from './i18n/messages.ts';

const inEnglish = speaker('en');

/** What a learner or their machine caused: told as one line in the learner's language, never as a stack trace. */
export class LessonError extends Error {
  readonly tell: (say: Say) => string;

  constructor(tell: (say: Say) => string, options?: ErrorOptions) {
    super(tell(inEnglish), options);
    this.name = 'LessonError';
    this.tell = tell;
  }
}

/** Why a connection or request failed, in as few words as say it: `ECONNREFUSED` rather than `fetch failed`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, cause } = error as NodeJS.ErrnoException;
  if (error.name === 'TimeoutError') return 'timeout';
  if (cause instanceof AggregateError && cause.errors[0]) return reasonOf(cause.errors[0]);
  if (cause !== undefined) return reasonOf(cause);
  return typeof code === 'string' ? code : error.message;
}

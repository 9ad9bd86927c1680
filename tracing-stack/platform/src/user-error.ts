/** What went wrong, for the code that decides what to do about it. */
export type UserErrorCode = 'bad-flag' | 'bad-config-file' | 'cannot-bind' | 'port-held' | 'usage';

/**
 * An error that whoever started the program can put right. The message is one line, starts with the component in
 * brackets, and says what to do.
 */
export class UserError extends Error {
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
  }
}

/** What was wrong with bytes that could not be decoded. */
export type DecodeErrorCode =
  | 'truncated'
  | 'negative-length'
  | 'too-deep'
  | 'bad-varint'
  | 'bad-type'
  | 'bad-message'
  | 'missing-field';

/** The only error that a codec of this package throws for bad bytes. `offset` counts from the start of the input. */
export class DecodeError extends Error {
  readonly code: DecodeErrorCode;
  readonly offset: number;

  constructor(code: DecodeErrorCode, offset: number, message: string) {
    super(`[wire] ${message} at byte ${offset}`);
    this.name = 'DecodeError';
    this.code = code;
    this.offset = offset;
  }
}

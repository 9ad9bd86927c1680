/** What was wrong with bytes that could not be decoded. */
export type DecodeErrorCode =
  /** The bytes end inside a value, or a length or count promises more than there is. */
  | 'truncated'
  | 'negative-length'
  | 'too-deep'
  | 'bad-varint'
  | 'bad-type'
  /** Not the message that is read here, or one that says a thing twice. */
  | 'bad-message'
  | 'missing-field'
  | 'bad-checksum'
  /** More than whoever reads it is ready to hold. */
  | 'too-large'
  /** Well-formed, but nothing that the field can mean: an id of five bytes, a second of 2e9 nanoseconds. */
  | 'bad-value';

/** The only error that a codec of this package throws for bad bytes. `offset` counts from the start of the input. */
export class DecodeError extends Error {
  readonly code: DecodeErrorCode;
  readonly offset: number;
  /** The message alone, for those who answer in another system's words. */
  readonly reason: string;
  /** The name of the field that is missing, or the number of the type that is unknown, if it is one of these. */
  readonly about: string | undefined;

  constructor(code: DecodeErrorCode, offset: number, message: string, about?: string) {
    super(`[wire] ${message} at byte ${offset}`);
    this.name = 'DecodeError';
    this.code = code;
    this.offset = offset;
    this.reason = message;
    this.about = about;
  }
}

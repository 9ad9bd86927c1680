import { decodeBaggageValue, encodeBaggageValue, percentDecode } from '@spoor/wire';

/** How one kind of text carrier differs from the other. */
export interface TextFormat {
  readonly encode: (value: string) => string;
  /** A `+` that Jaeger's clients wrote is a space. */
  readonly decode: (text: string) => string;
  /** For formats in which a `+` is a plus. */
  readonly decodePlain: (text: string) => string;
  readonly acceptsKey: (key: string) => boolean;
}

const same = (text: string) => text;

/** Values as they are. */
export const TEXT_MAP: TextFormat = {
  encode: same,
  decode: same,
  decodePlain: same,
  acceptsKey: () => true,
};

/** What RFC 9110 calls a token. node:http throws at a header of any other name. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function isHeaderName(text: string): boolean {
  return HEADER_NAME.test(text);
}

/** Values percent-encoded, since headers hold but ASCII. */
export const HTTP_HEADERS: TextFormat = {
  encode: encodeBaggageValue,
  decode: decodeBaggageValue,
  decodePlain: (text) => percentDecode(text) ?? text,
  acceptsKey: isHeaderName,
};

import { isUtf8 } from 'node:buffer';

const REPLACEMENT = '\ufffd';

/**
 * The text of bytes `start` to `end`. Every byte that belongs to no character becomes one U+FFFD, as Go counts: a client
 * that cuts its values may cut a character of three bytes, and JavaScript's decoders make one U+FFFD of both that are left.
 */
export function utf8Text(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  return text.includes(REPLACEMENT) ? countedText(bytes.subarray(start, end)) : text;
}

function countedText(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const character = bytes.subarray(at, at + lengthByFirst(bytes[at] ?? 0));
    const sound = isUtf8(character);
    text += sound ? character.toString('utf8') : REPLACEMENT;
    at += sound ? character.length : 1;
  }
  return text;
}

/** How many bytes a character has that begins so. */
function lengthByFirst(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

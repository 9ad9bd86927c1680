const REPLACEMENT = '\ufffd';

/**
 * The text of bytes `start` to `end`. Every byte that belongs to no character becomes one U+FFFD, as Go counts: a client
 * that cuts its values may cut a character of three bytes, and JavaScript's decoders make one U+FFFD of both that are left.
 */
export function utf8Text(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  return text.includes(REPLACEMENT) ? soundUtf8(bytes, start, end).toString('utf8') : text;
}

/** The UTF-8 of that text. In one pass: a call for each byte would stop the process for a long text of bad ones. */
export function soundUtf8(bytes: Uint8Array, start: number, end: number): Buffer {
  const sound = Buffer.allocUnsafe(3 * (end - start));
  let size = 0;
  for (let at = start; at < end; ) {
    const next = at + characterLength(bytes, at, end);
    if (next === at) {
      sound[size++] = 0xef;
      sound[size++] = 0xbf;
      sound[size++] = 0xbd;
      at++;
    }
    while (at < next) sound[size++] = bytes[at++] as number;
  }
  return sound.subarray(0, size);
}

/** How many bytes the character has that begins at `at`; 0 if none does. */
function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (at + length > end) return 0;
  // What is written longer than it needs to be, surrogates, and what is beyond Unicode show in the second byte.
  const second = bytes[at + 1] as number;
  if (second < (SECOND_FROM[first] ?? 0x80) || second > (SECOND_TO[first] ?? 0xbf)) return 0;
  for (let i = at + 2; i < at + length; i++) {
    if (((bytes[i] as number) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

const SECOND_FROM: Readonly<Record<number, number>> = { 224: 0xa0, 240: 0x90 };
const SECOND_TO: Readonly<Record<number, number>> = { 237: 0x9f, 244: 0x8f };

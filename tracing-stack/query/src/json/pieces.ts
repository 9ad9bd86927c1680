/** Characters of a piece. */
export const PIECE = 64 * 1024;

/** The same text in few large pieces instead of many small ones: what is awaited for each part costs more than the part. */
export function* pieces(parts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length >= PIECE) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';

/**
 * What became of bytes: the code of the `DecodeError`, or `'decoded'`, in which case neither `index` nor `spans` threw
 * afterwards. Every other error is thrown on.
 */
export function fateOf(
  decode: (bytes: Uint8Array) => EncodedBatch,
  bytes: Uint8Array,
): DecodeErrorCode | 'decoded' {
  let batch: EncodedBatch;
  try {
    batch = decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
  batch.index();
  batch.spans();
  return 'decoded';
}

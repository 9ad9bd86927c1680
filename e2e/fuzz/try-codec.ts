import { DecodeError } from '@spoor/wire';
import type { Codec } from './codecs.ts';

/** An input that takes longer is one by which a sender can stop the process. */
const SLOW_MS = 2000;

/** What is wrong with how a codec takes these bytes; `undefined` if nothing is. */
export function tryCodec(codec: Codec, bytes: Uint8Array): string | undefined {
  const began = performance.now();
  try {
    codec.read(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }
  const took = performance.now() - began;
  return took > SLOW_MS ? `took ${Math.round(took)} ms` : undefined;
}

import { type Flag, integerFlag } from './flag-kinds.ts';

/** It is taken in one piece. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** The flag of every program that takes spans and can keep what carried them. */
export function wireFlags(initialBytes: number) {
  return {
    'wire.memory-bytes': bytesFlag(
      initialBytes,
      'Bytes in memory for the last messages that carried spans, as they came; 0 keeps none',
    ),
  };
}

function bytesFlag(initial: number, help: string): Flag<number> {
  const flag = integerFlag(initial, help);
  return {
    ...flag,
    parse(text) {
      const bytes = flag.parse(text);
      if (bytes > MAX_BYTES) throw new RangeError(`expected at most ${MAX_BYTES}, got "${text}"`);
      return bytes;
    },
  };
}

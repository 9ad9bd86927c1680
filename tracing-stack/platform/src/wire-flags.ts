import { integerFlag } from './flag-kinds.ts';

/** The flag of every program that takes spans and can keep what carried them. */
export function wireFlags(initialBytes: number) {
  return {
    'wire.memory-bytes': integerFlag(
      initialBytes,
      'Bytes in memory for the last messages that carried spans, as they came; 0 keeps none',
    ),
  };
}

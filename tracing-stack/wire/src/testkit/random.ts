/** Numbers that are the same for the same seed, on every machine: a failing test names its seed and can be run again. */
export interface Random {
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
  pick<T>(items: readonly T[]): T;
  bytes(length: number): Uint8Array;
  /** 64 random bits, signed. */
  int64(): bigint;
}

/** The generator mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  function uint32(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const below = (limit: number) => Math.floor((uint32() / 0x1_0000_0000) * limit);
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    int64: () => BigInt.asIntN(64, (BigInt(uint32()) << 32n) | BigInt(uint32())),
  };
}

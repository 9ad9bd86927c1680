import { randomBytes } from 'node:crypto';

/** An odd number whose bits are well mixed, so that counting in steps of it passes through all of 64 bits, spread out. */
const STEP = 0x9e3779b97f4a7c15n;

/**
 * What tells spans of equal ids apart in `traces`. Jaeger computes it from the span, and so keeps one of two equal spans;
 * here each span that arrives has another, from a random beginning on.
 */
export class SpanHashes {
  private last = randomBytes(8).readBigUInt64BE();

  next(): bigint {
    this.last = BigInt.asUintN(64, this.last + STEP);
    return BigInt.asIntN(64, this.last);
  }
}

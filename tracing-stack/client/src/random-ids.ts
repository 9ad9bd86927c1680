import { randomFillSync } from 'node:crypto';
import { type SpanId, ZERO_SPAN_ID } from '@spoor/model';

/** Gives a new random 64-bit id at each call, never zero. */
export type RandomId = () => SpanId;

const ID_BYTES = 8;
/** Ids made in one call of the system's generator, which is what costs. */
const POOL_IDS = 256;

export function createRandomId(fill: (pool: Buffer) => void = randomFillSync): RandomId {
  const pool = Buffer.alloc(POOL_IDS * ID_BYTES);
  let next = pool.length;
  const randomId = (): SpanId => {
    if (next === pool.length) {
      fill(pool);
      next = 0;
    }
    next += ID_BYTES;
    const id = pool.toString('hex', next - ID_BYTES, next);
    return id === ZERO_SPAN_ID ? randomId() : id;
  };
  return randomId;
}

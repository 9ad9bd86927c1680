import { captures } from '@spoor/fixtures';
import { describe, expect, test } from 'vitest';
import {
  indexRows,
  randomProcess,
  randomSpans,
  seededRandom,
  spanRows,
  usualSpans,
} from '../testkit/index.ts';
import {
  BINARY_BATCH_OVERHEAD,
  encodeBinaryBatch,
  encodeBinaryProcess,
  encodeBinarySpan,
  joinBinaryBatch,
} from './binary-encode.ts';
import { binaryBatch } from './thrift-batch.ts';

test.each([0, 1, 20])(
  'a batch joined of %d encoded spans is the batch written at once',
  (count) => {
    const random = seededRandom(1);
    const process = randomProcess(random);
    const spans = usualSpans(random, count);
    const processBytes = encodeBinaryProcess(process);
    const spanBytes = spans.map(encodeBinarySpan);
    const joined = joinBinaryBatch(processBytes, spanBytes);
    expect(joined).toEqual(encodeBinaryBatch(process, spans));
    const parts = spanBytes.reduce((sum, { length }) => sum + length, processBytes.length);
    expect(joined).toHaveLength(parts + BINARY_BATCH_OVERHEAD);
  },
);

describe('what is encoded', () => {
  test.each(Array.from({ length: 100 }, (_, seed) => seed))('is decoded again, seed %i', (seed) => {
    const spans = randomSpans(seededRandom(seed));
    const [first] = spans;
    if (first === undefined) throw new Error('no spans');
    const batch = binaryBatch(encodeBinaryBatch(first.process, spans));
    expect(batch.spans()).toEqual(spans);
    expect(indexRows(batch.index())).toEqual(spanRows(spans));
  });

  test.each(captures(14268))('is the same again for $name', ({ bytes }) => {
    const spans = binaryBatch(bytes).spans();
    const [first] = spans;
    if (first === undefined) throw new Error('no spans');
    expect(binaryBatch(encodeBinaryBatch(first.process, spans)).spans()).toEqual(spans);
  });
});

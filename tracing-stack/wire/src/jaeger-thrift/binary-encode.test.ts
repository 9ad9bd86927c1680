import { expect, test } from 'vitest';
import { seededRandom } from '../testkit/random.ts';
import { randomProcess } from '../testkit/random-spans.ts';
import { usualSpans } from '../testkit/usual-spans.ts';
import {
  BINARY_BATCH_OVERHEAD,
  encodeBinaryBatch,
  encodeBinaryProcess,
  encodeBinarySpan,
  joinBinaryBatch,
} from './binary-encode.ts';

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

import { captures } from '@spoor/fixtures';
import type { Span } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import {
  indexRows,
  randomProcess,
  randomSpan,
  randomSpans,
  seededRandom,
  spanRows,
} from '../testkit/index.ts';
import { encodeCompactProcess, encodeCompactSpan } from './compact-encode.ts';
import { decodeEmitBatch } from './emit-batch.ts';
import { emitBatchDatagram, emitBatchSize, encodeEmitBatch } from './emit-batch-datagram.ts';

/** As long as the spans are of one process. */
function encode(spans: readonly Span[], seqNo = 1): Uint8Array {
  const [first] = spans;
  if (first === undefined) throw new Error('no spans');
  return encodeEmitBatch(first.process, spans, seqNo);
}

describe('what is encoded', () => {
  it.each(Array.from({ length: 150 }, (_, seed) => seed))('is decoded again, seed %i', (seed) => {
    const spans = randomSpans(seededRandom(seed));
    const batch = decodeEmitBatch(encode(spans));
    expect(batch.spans()).toEqual(spans);
    expect(indexRows(batch.index())).toEqual(spanRows(spans));
  });

  it.each(captures(6831))('is the same again for $name', ({ bytes }) => {
    const spans = decodeEmitBatch(bytes).spans();
    expect(decodeEmitBatch(encode(spans)).spans()).toEqual(spans);
  });

  it('is a one-way call to emitBatch with the sequence number in its header', () => {
    const datagram = encode(randomSpans(seededRandom(1)), 300);
    expect([...datagram.subarray(0, 4)]).toEqual([0x82, 0x81, 0xac, 0x02]);
    expect(Buffer.from(datagram.subarray(4, 14)).toString('latin1')).toBe('\temitBatch');
  });

  it('leaves out a parent that a reader puts back, and no other reference', () => {
    const random = seededRandom(5);
    const traceId = '00000000000000ab';
    const parent = { refType: 'CHILD_OF', traceId, spanId: '00000000000000cd' } as const;
    const other = { ...parent, refType: 'FOLLOWS_FROM', spanId: '00000000000000ce' } as const;
    const span = { ...randomSpan(random, randomProcess(random)), traceId };
    const lengthOf = (...references: Span['references'][number][]) =>
      encodeCompactSpan({ ...span, references }).length;
    // The parent's id takes two bytes in place of the one of a zero.
    expect(lengthOf(parent) - lengthOf()).toBe(1);
    expect(lengthOf(parent, other) - lengthOf(other)).toBe(1);
    // Behind another reference it has to be written out as well, to keep its place.
    expect(lengthOf(other, parent) - lengthOf(other)).toBeGreaterThan(5);
  });
});

describe('the size', () => {
  const random = seededRandom(8);
  const process = encodeCompactProcess(randomProcess(random));
  it.each([0, 1, 14, 15, 127, 128, 300])('of a datagram of %i spans is known before', (count) => {
    const spans = Array.from({ length: count }, () =>
      encodeCompactSpan(randomSpan(random, { serviceName: 's', tags: [] })),
    );
    for (const seqNo of [0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1]) {
      const spanLengths = spans.map((span) => span.length);
      const size = emitBatchSize({ processLength: process.length, spanLengths, seqNo });
      expect(emitBatchDatagram({ process, spans, seqNo }).length).toBe(size);
    }
  });
});

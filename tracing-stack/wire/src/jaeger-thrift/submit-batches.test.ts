import { captures } from '@spoor/fixtures';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { protoBatch } from '../jaeger-proto/proto-batch.ts';
import { encodeProtoBatch } from '../jaeger-proto/proto-encode.ts';
import { binaryLayout, randomSpans, seededRandom } from '../testkit/index.ts';
import { CompactType } from '../thrift/compact-type.ts';
import { binaryBatchesBytes } from './binary-batches.ts';
import { decodeEmitBatch, decodeEmitBatchBinary } from './emit-batch.ts';
import {
  decodeSubmitBatches,
  decodeSubmitResult,
  encodeSubmitBatches,
  encodeSubmitResult,
} from './submit-batches.ts';
import { binaryBatch } from './thrift-batch.ts';

const { TRUE, FALSE, LIST, STRUCT, I32 } = CompactType;
const { struct, field, list, i32 } = binaryLayout;

const compactBatches = captures(6831).map(({ name, bytes }) => ({
  name,
  batch: decodeEmitBatch(bytes),
}));
const BATCH = compactBatches.find(({ name }) => name.startsWith('go-seed-http-udp/'))?.batch;

describe.each(compactBatches)('the compact batch $name', ({ batch }) => {
  it('has the same spans and the same index in the binary protocol', () => {
    const [bytes, ...more] = binaryBatchesBytes(batch);
    expect(more).toEqual([]);
    const binary = binaryBatch(bytes as Uint8Array);
    expect(binary.spans()).toEqual(batch.spans());
    expect(binary.index()).toEqual(batch.index());
  });
});

it('a binary batch goes as it came', () => {
  const batch = decodeEmitBatchBinary(captures(6832)[0]?.bytes as Uint8Array);
  expect(binaryBatchesBytes(batch)).toEqual([batch.bytes]);
});

it('a proto batch of several processes becomes as many batches', () => {
  const random = seededRandom(3);
  const spans = [...randomSpans(random), ...randomSpans(random)].map((span) => ({
    ...span,
    warnings: [],
  }));
  const batch = protoBatch(encodeProtoBatch(spans));
  const bytes = binaryBatchesBytes(batch);
  expect(bytes.length).toBeGreaterThan(1);
  expect(
    bytes
      .flatMap((one) => binaryBatch(one).spans())
      .map(({ spanId }) => spanId)
      .sort(),
  ).toEqual(spans.map(({ spanId }) => spanId).sort());
});

const bytesOf = (count: number) =>
  Array.from({ length: count }, () => binaryBatchesBytes(BATCH as never)[0] as Uint8Array);
const layout = (count: number) =>
  Buffer.from(
    struct(
      field(
        1,
        LIST,
        list(
          STRUCT,
          bytesOf(count).map((bytes) => [...bytes]),
        ),
      ),
    ),
  );

it.each([0, 1, 3])('a call of %i batches is written as it is laid out, and read so', (count) => {
  const bytes = encodeSubmitBatches(bytesOf(count));
  expect(Buffer.from(bytes).equals(layout(count))).toBe(true);
  expect(decodeSubmitBatches(bytes).map((batch) => batch.spans())).toEqual(
    Array(count).fill(BATCH?.spans()),
  );
});

it('fields that nobody knows are passed over, two lists are refused', () => {
  const both = field(1, LIST, list(STRUCT, []));
  expect(decodeSubmitBatches(Buffer.from(struct(field(2, I32, i32(1)), both)))).toEqual([]);
  expect(() => decodeSubmitBatches(Buffer.from(struct(both, both)))).toThrow('two lists');
  expect(() => decodeSubmitBatches(Buffer.from(struct()))).toThrow('without batches');
});

it('every beginning of a call is refused', () => {
  const bytes = layout(2);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeSubmitBatches(bytes.subarray(0, length))).toThrow(DecodeError);
  }
});

it('a result says of each batch whether it was taken, in the bytes of a real collector', () => {
  expect(Buffer.from(encodeSubmitResult([true])).toString('hex')).toBe(
    '0f00000c00000001020001010000',
  );
  for (const oks of [[], [true], [true, false, true]]) {
    const items = oks.map((ok) => struct(field(1, ok ? TRUE : FALSE)));
    const bytes = Buffer.from(struct(field(0, LIST, list(STRUCT, items))));
    expect(Buffer.from(encodeSubmitResult(oks)).toString('hex')).toBe(bytes.toString('hex'));
    expect(decodeSubmitResult(bytes)).toEqual(oks);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSubmitResult(bytes.subarray(0, length))).toThrow(DecodeError);
    }
  }
  expect(() => decodeSubmitResult(Buffer.from(struct()))).toThrow('a result without responses');
});

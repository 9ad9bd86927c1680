import type { Process, Span } from '@spoor/model';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { EncodedBatch } from '../encoded-batch.ts';
import { decodePostSpansRequest, encodePostSpansRequest } from '../jaeger-proto/post-spans.ts';
import { protoBatch } from '../jaeger-proto/proto-batch.ts';
import {
  encodeProtoBatch,
  encodeSpanChunks,
  protoBatchBytes,
} from '../jaeger-proto/proto-encode.ts';
import { binaryBatchesBytes } from '../jaeger-thrift/binary-batches.ts';
import { encodeBinaryBatch } from '../jaeger-thrift/binary-encode.ts';
import { decodeEmitBatch } from '../jaeger-thrift/emit-batch.ts';
import { encodeEmitBatch } from '../jaeger-thrift/emit-batch-datagram.ts';
import { decodeSubmitBatches, encodeSubmitBatches } from '../jaeger-thrift/submit-batches.ts';
import { binaryBatch } from '../jaeger-thrift/thrift-batch.ts';
import { indexRows, spanRows } from '../testkit/index.ts';
import { spansOfOneProcess } from './arbitrary-spans.ts';
import { seedProperties } from './seed.ts';

beforeAll(seedProperties);

const compact = (spans: readonly Span[]) =>
  decodeEmitBatch(encodeEmitBatch(processOf(spans), spans, 1));
const binary = (spans: readonly Span[]) => binaryBatch(encodeBinaryBatch(processOf(spans), spans));

/** Spans to bytes and a batch again, in every format of Jaeger's that we write. */
const FORMATS: Readonly<Record<string, (spans: readonly Span[]) => EncodedBatch>> = {
  'compact Thrift': compact,
  'binary Thrift': binary,
  'binary Thrift in a call of submitBatches': (spans) =>
    only(decodeSubmitBatches(encodeSubmitBatches([binary(spans).bytes]))),
  'binary Thrift out of compact': (spans) => binaryBatch(only(binaryBatchesBytes(compact(spans)))),
  proto: (spans) => protoBatch(encodeProtoBatch(spans)),
  'proto in a PostSpansRequest': (spans) =>
    decodePostSpansRequest(encodePostSpansRequest(encodeProtoBatch(spans))),
  'proto out of compact Thrift': (spans) => protoBatch(protoBatchBytes(compact(spans))),
  'binary Thrift out of proto': (spans) =>
    binaryBatch(only(binaryBatchesBytes(protoBatch(encodeProtoBatch(spans))))),
};

test.each(Object.entries(FORMATS))(
  '%s gives back what was put in, and its index says the same',
  (_, through) => {
    fc.assert(
      fc.property(spansOfOneProcess, (spans) => {
        const batch = through(spans);
        expect(batch.spans()).toEqual(spans);
        expect(indexRows(batch.index())).toEqual(spanRows(spans));
      }),
    );
  },
);

test('spans cut into chunks of proto are the same spans, whatever the bound', () => {
  const bounds = fc.record({
    spans: fc.integer({ min: 1, max: 4 }),
    bytes: fc.integer({ min: 1, max: 500 }),
  });
  fc.assert(
    fc.property(spansOfOneProcess, bounds, (spans, limits) => {
      const chunks = [...encodeSpanChunks(spans, limits)].map((bytes) => protoBatch(bytes).spans());
      expect(chunks.flat()).toEqual(spans);
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(limits.spans);
    }),
  );
});

function processOf([first]: readonly Span[]): Process {
  return (first as Span).process;
}

function only<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0] as T;
}

import type { Span } from '@spoor/model';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeBinaryBatch } from '../jaeger-thrift/binary-encode.ts';
import { decodeEmitBatch } from '../jaeger-thrift/emit-batch.ts';
import { encodeEmitBatch } from '../jaeger-thrift/emit-batch-datagram.ts';
import { binaryBatch, compactBatch } from '../jaeger-thrift/thrift-batch.ts';
import { spansOfOneProcess } from './arbitrary-spans.ts';
import { batchStruct, spansOfStruct } from './jaeger-structs.ts';
import { NPM_THRIFT } from './npm-thrift.ts';
import { seedProperties } from './seed.ts';

beforeAll(seedProperties);

const OURS = {
  compact: {
    encode: ([first, ...rest]: readonly [Span, ...Span[]]) =>
      decodeEmitBatch(encodeEmitBatch(first.process, [first, ...rest], 1)).bytes,
    decode: compactBatch,
  },
  binary: {
    encode: ([first, ...rest]: readonly [Span, ...Span[]]) =>
      encodeBinaryBatch(first.process, [first, ...rest]),
    decode: binaryBatch,
  },
} as const;

describe.each(NPM_THRIFT)("npm's thrift, $name", ({ name, read, write }) => {
  const { encode, decode } = OURS[name as keyof typeof OURS];

  test('reads what we write', () => {
    fc.assert(
      fc.property(spansOfOneProcess, (spans) => {
        const struct = read('Batch', encode(spans as [Span, ...Span[]]));
        expect(spansOfStruct(struct)).toEqual(spans);
      }),
    );
  });

  test('writes what we read', () => {
    fc.assert(
      fc.property(spansOfOneProcess.map(withoutNegativeZeros), (spans) => {
        const [{ process }] = spans as [Span];
        expect(decode(write('Batch', batchStruct(process, spans))).spans()).toEqual(spans);
      }),
    );
  });
});

/** npm's thrift writes -0 as 0. */
function withoutNegativeZeros(spans: Span[]): Span[] {
  const { process, ...others } = withZeros({ process: spans[0]?.process, spans });
  return others.spans.map((span) => ({ ...span, process: process as Span['process'] }));
}

function withZeros<T>(value: T): T {
  if (Object.is(value, -0)) return 0 as T;
  if (Array.isArray(value)) return value.map(withZeros) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withZeros(inner)]),
  ) as T;
}

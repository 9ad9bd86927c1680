import { describe, expect, it } from 'vitest';
import { DecodeError } from './decode-error.ts';
import type { EncodedBatch } from './encoded-batch.ts';
import { protoBatch } from './jaeger-proto/proto-batch.ts';
import { protoBatchBytes } from './jaeger-proto/proto-encode.ts';
import { binaryBatchesBytes } from './jaeger-thrift/binary-batches.ts';
import { binaryBatch, compactBatch } from './jaeger-thrift/thrift-batch.ts';
import { decodeOtlpProto } from './otlp/export-traces.ts';
import {
  BATCH_STRUCTS,
  binaryLayout,
  compactLayout,
  fateOf,
  indexRows,
  nestedBatch,
  protoBytes,
  protoMessage,
  spanRows,
} from './testkit/index.ts';
import { CompactType } from './thrift/compact-type.ts';
import { decodeZipkinV1Thrift, decodeZipkinV2Proto } from './zipkin/zipkin-spans.ts';

// A field that nobody here knows may nest 64 deep, wherever it stands: index, spans and all that a batch is turned into
// must draw the line at the same depth.

const DEPTHS = [62, 63, 64, 65] as const;
const fates = (open: (depth: number) => string) => DEPTHS.map(open);
const AT_64 = ['read', 'read', 'read', 'too-deep'];

/** What became of a batch that nobody has looked at; the same by all ways, or all of them. */
function fateByAllWays(open: () => EncodedBatch): string {
  const ways = [
    () => indexRows(open().index()),
    () => spanRows(open().spans()),
    () => protoBatch(protoBatchBytes(open())).spans(),
    () => binaryBatchesBytes(open()).map((bytes) => spanRows(binaryBatch(bytes).spans())),
  ].map((way) => {
    try {
      return way();
    } catch (error) {
      if (error instanceof DecodeError) return error.code;
      throw error;
    }
  });
  const [index, spans] = ways;
  if (typeof index !== 'string') expect(spans).toEqual(index);
  return [...new Set(ways.map((way) => (typeof way === 'string' ? way : 'read')))].join();
}

describe.each([
  ['compact', compactLayout, compactBatch],
  ['binary', binaryLayout, binaryBatch],
] as const)('Thrift in the %s protocol', (_, layout, open) => {
  describe.each(['process first', 'spans first'] as const)('%s', (order) => {
    it.each(BATCH_STRUCTS)('in a %s', (where) => {
      const bytes = (depth: number) => Uint8Array.from(nestedBatch(layout, where, depth, order));
      expect(fates((depth) => fateByAllWays(() => open(bytes(depth))))).toEqual(AT_64);
    });
  });
});

/** A group in a group, and so on, in field 20. */
const groups = (depth: number) => [
  ...Array.from({ length: depth }, () => [0xa3, 0x01]).flat(),
  ...Array.from({ length: depth }, () => [0xa4, 0x01]).flat(),
];

/** Messages in each other by their field numbers, of which the innermost has an unknown group. */
function protoNested(path: readonly number[], depth: number, ...rest: number[][]): Uint8Array {
  const inner = path.reduceRight<readonly number[]>(
    (message, field) => protoBytes(field, message),
    groups(depth),
  );
  return protoMessage(inner as number[], ...rest);
}

describe("Jaeger's proto", () => {
  it.each([
    ['batch', []],
    ['process', [2]],
    ['tag of the process', [2, 2]],
    ['span', [1]],
    ['reference', [1, 4]],
    ['start time', [1, 6]],
    ['duration', [1, 7]],
    ['tag of the span', [1, 8]],
    ['log', [1, 9]],
    ['time of the log', [1, 9, 1]],
    ['field of the log', [1, 9, 2]],
    ["span's own process", [1, 10]],
    ["tag of the span's own process", [1, 10, 2]],
  ])('in a %s', (_, path) => {
    const span = [...protoBytes(1, [])];
    const open = (depth: number) => protoBatch(protoNested(path, depth, span));
    expect(fates((depth) => fateByAllWays(() => open(depth)))).toEqual(AT_64);
  });
});

describe('what is translated on the way in', () => {
  const decoded = (decode: (bytes: Uint8Array) => EncodedBatch) => (bytes: Uint8Array) =>
    fateOf(decode, bytes).replace('decoded', 'read');

  it.each([
    ['request', []],
    ['resource', [1, 1]],
    ['attribute of the resource', [1, 1, 1]],
    ['scope', [1, 2, 1]],
    ['span', [1, 2, 2]],
    ['attribute', [1, 2, 2, 9]],
    ['value', [1, 2, 2, 9, 2]],
    ['event', [1, 2, 2, 11]],
    ['link', [1, 2, 2, 13]],
    ['status', [1, 2, 2, 15]],
  ])('OTLP, in a %s', (_, path) => {
    const fate = decoded(decodeOtlpProto);
    expect(fates((depth) => fate(protoNested(path, depth)))).toEqual(AT_64);
  });

  it.each([
    ['list', []],
    ['span', [1]],
    ['endpoint', [1, 8]],
    ['annotation', [1, 10]],
  ])("Zipkin's proto, in a %s", (_, path) => {
    const ids = [...protoBytes(1, Array(16).fill(1)), ...protoBytes(3, Array(8).fill(1))];
    const [field, ...rest] = path;
    const message = (depth: number) =>
      field === undefined
        ? protoNested([], depth)
        : protoMessage(protoBytes(field, [...ids, ...protoNested(rest, depth)]));
    const fate = decoded(decodeZipkinV2Proto);
    expect(fates((depth) => fate(message(depth)))).toEqual(AT_64);
  });

  it.each(['span', 'annotation', 'binary annotation', 'endpoint'])(
    "Zipkin's Thrift, in a %s",
    (where) => {
      const { I8, I64, LIST, STRUCT } = CompactType;
      const { field, list, struct, i64 } = binaryLayout;
      const spans = (depth: number) => {
        let lists = list(I8, []);
        for (let i = 1; i < depth; i++) lists = list(LIST, [lists]);
        const one = (name: string, ...fields: (readonly number[])[]) =>
          struct(...fields, ...(name === where ? [field(20, LIST, lists)] : []));
        const endpoint = field(3, STRUCT, one('endpoint'));
        const binary = field(4, STRUCT, one('endpoint'));
        const span = one(
          'span',
          ...[field(1, I64, i64(1)), field(4, I64, i64(2))],
          field(6, LIST, list(STRUCT, [one('annotation', endpoint)])),
          field(8, LIST, list(STRUCT, [one('binary annotation', binary)])),
        );
        return Uint8Array.from(list(STRUCT, [span]));
      };
      const fate = decoded(decodeZipkinV1Thrift);
      expect(fates((depth) => fate(spans(depth)))).toEqual(AT_64);
    },
  );
});

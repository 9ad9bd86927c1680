import { type KeyValue, valueAsString } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { protoBatch } from './jaeger-proto/proto-batch.ts';
import { encodeProtoBatch } from './jaeger-proto/proto-encode.ts';
import { decodeEmitBatch } from './jaeger-thrift/emit-batch.ts';
import { encodeEmitBatch } from './jaeger-thrift/emit-batch-datagram.ts';
import { tagHash, tagTextHash } from './tag-hash.ts';
import { randomSpan, randomTag, seededRandom } from './testkit/index.ts';

const random = seededRandom(3);

function strings(...values: string[]): KeyValue[] {
  return values.map((value) => ({ key: 'k', type: 'string', value }));
}
function integers(...values: bigint[]): KeyValue[] {
  return values.map((value) => ({ key: 'k', type: 'int64', value }));
}
function doubles(...values: number[]): KeyValue[] {
  return values.map((value) => ({ key: 'k', type: 'float64', value }));
}

const MAX = 2n ** 63n - 1n;
const TAGS: Record<string, KeyValue[]> = {
  strings: strings('', 'a', 'http.status_code', 'x'.repeat(3000), '厨房', '🦡 é', '\0', '\ud800'),
  bools: [true, false].map((value) => ({ key: 'k', type: 'bool', value })),
  int64s: [
    ...integers(0n, 1n, -1n, 9n, 10n, 99n, 100n, 200n, 2147483647n, 2147483648n, -2147483648n),
    ...integers(-2147483649n, 4294967295n, 4294967296n, 2n ** 53n + 1n, MAX, -MAX - 1n),
  ],
  doubles: [
    ...doubles(0, -0, 1, -1, 200, 0.25, 0.03, 0.1 + 0.2, 1 / 3, -2.5, 123456.789, 2147483648),
    ...doubles(1e-4, 9.9999e-5, 1e9, 1e10, 12345678901, 1e21, 5e-324, 1.7e308),
    ...doubles(Number.NaN, Infinity, -Infinity, 99999999995 / 10, 1234567.8901),
    ...Array.from({ length: 300 }, () => doubles(random.below(1e6) / 10 ** random.below(9))).flat(),
  ],
  binaries: ['', 'ff', '000102030405060708090a0b0c0d0e0f'].map((hex) => ({
    key: 'k',
    type: 'binary',
    value: new Uint8Array(Buffer.from(hex, 'hex')),
  })),
  'any tags': Array.from({ length: 300 }, () => randomTag(random)),
};

describe.each(Object.entries(TAGS))('the hash of %s', (_, tags) => {
  it('is that of their texts', () => {
    expect(tags.map(tagHash)).toEqual(tags.map((tag) => tagTextHash(tag.key, valueAsString(tag))));
  });

  it('is what both indexers make of their bytes', () => {
    const span = { ...randomSpan(random, { serviceName: 's', tags: [] }), tags, logs: [] };
    const thrift = decodeEmitBatch(encodeEmitBatch(span.process, [span], 1));
    const proto = protoBatch(encodeProtoBatch([span]));
    expect([...thrift.index().tagHashes]).toEqual(tags.map(tagHash));
    expect([...proto.index().tagHashes]).toEqual(tags.map(tagHash));
  });
});

it('is FNV-1a of 32 bits over key, zero byte and value', () => {
  // "a", 0, "b": three rounds from the offset basis, by hand.
  const round = (hash: bigint, byte: bigint) => ((hash ^ byte) * 0x01000193n) % 2n ** 32n;
  const expected = round(round(round(0x811c9dc5n, 0x61n), 0n), 0x62n);
  expect(tagTextHash('a', 'b')).toBe(Number(expected));
});

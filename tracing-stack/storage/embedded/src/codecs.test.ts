import { captures } from '@spoor/fixtures';
import type { KeyValue } from '@spoor/model';
import type { StoredBatch } from '@spoor/storage-api';
import { decodeEmitBatch, tagTextHash } from '@spoor/wire';
import { describe, expect, it } from 'vitest';
import { bloomHolds, bloomLength, fillBloom } from './bloom-filter.ts';
import { bucketName, droppedName, firstSequenceOf, isDroppedName } from './bucket-name.ts';
import { HashSet } from './hash-set.ts';
import { decodeRecord, recordEncoder } from './record-codec.ts';
import { readSequence, readTime, sequenceKey, writeTime } from './sequence-key.ts';
import { readServiceRow, ServiceRowDraft, serviceRowRange } from './service-row.ts';

const ADDED: readonly KeyValue[] = [
  { key: 'text', type: 'string', value: '北京' },
  { key: 'flag', type: 'bool', value: true },
  { key: 'least', type: 'int64', value: -(2n ** 63n) },
  { key: 'nan', type: 'float64', value: Number.NaN },
  { key: '', type: 'binary', value: Buffer.from([0, 1, 255]) },
];

function capturedBatch(): StoredBatch {
  const [capture] = captures(6831);
  const batch = decodeEmitBatch(capture?.bytes ?? new Uint8Array());
  return { batch, format: 'zipkin', addedTags: ADDED, arrivalTime: 1_795_377_600_000_001 };
}

describe('a record', () => {
  it.each([false, true])('gives back what it was made from, over TChannel: %s', (overTChannel) => {
    const stored = { ...capturedBatch(), overTChannel };
    const encode = recordEncoder();
    const record = Buffer.from(encode(stored));
    expect(Buffer.from(encode({ ...stored, addedTags: [], format: 'otlp' }))).not.toEqual(record);
    const { batch, ...header } = decodeRecord(record);
    expect(header).toEqual({
      format: 'zipkin',
      overTChannel,
      addedTags: ADDED,
      arrivalTime: stored.arrivalTime,
    });
    expect(batch.encoding).toBe(stored.batch.encoding);
    expect(batch.spans()).toEqual(stored.batch.spans());
  });

  it('is corrupt when its header or its added tags are cut off', () => {
    const stored = capturedBatch();
    const record = recordEncoder()(stored);
    const headerLength = record.length - stored.batch.bytes.length;
    for (let length = 0; length < headerLength; length++) {
      const cut = Buffer.from(record.subarray(0, length));
      expect(() => decodeRecord(cut), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'corrupt' }),
      );
    }
  });

  it.each([
    ['layout', 0],
    ['encoding', 1],
    ['format', 2],
    ['added tags', 12],
    ['type of an added tag', 16],
  ])('is corrupt when its %s is unknown', (_, offset) => {
    const record = Buffer.from(recordEncoder()(capturedBatch()));
    record[offset] = 77;
    expect(() => decodeRecord(record)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });
});

describe('keys', () => {
  it('sort as the times in them do, and give them back', () => {
    const times = [
      -Infinity,
      -9e18,
      -1,
      -0.5,
      0,
      1,
      2,
      255,
      256,
      65_536,
      1.8e15,
      2 ** 53,
      Infinity,
    ];
    const keys = times.map((time) => {
      const key = Buffer.alloc(8);
      writeTime(key, time, 0);
      return key;
    });
    expect(keys.toSorted(Buffer.compare)).toEqual(keys);
    expect(keys.map((key) => readTime(key, 0))).toEqual(times);
  });

  it('sort as the sequence numbers in them do, and give them back', () => {
    const sequences = [0, 1, 255, 256, 2 ** 32 - 1, 2 ** 32, 1.8e15, Number.MAX_SAFE_INTEGER];
    const keys = sequences.map(sequenceKey);
    expect(keys.toSorted(Buffer.compare)).toEqual(keys);
    expect(keys.map((key) => readSequence(key, 0))).toEqual(sequences);
  });

  it('of a minus zero and a zero are the same', () => {
    const keys = [-0, 0].map((time) => {
      const key = Buffer.alloc(8);
      writeTime(key, time, 0);
      return key;
    });
    expect(keys[0]).toEqual(keys[1]);
  });
});

describe('the name of a bucket', () => {
  it.each([
    [0, '1970-01-01T00-00-00-000000'],
    [1_795_377_600_123_456, '2026-11-22T20-00-00-123456'],
  ])('of %d is %s, and back', (sequence, name) => {
    expect(bucketName(sequence)).toBe(name);
    expect(firstSequenceOf(name)).toBe(sequence);
  });

  it('is told from other names', () => {
    for (const name of ['store.json', 'writer.lock', '2026-11-22', 'x2026-11-22T20-00-00-123456']) {
      expect(firstSequenceOf(name)).toBeUndefined();
    }
  });

  it('is told from that of one that is dropped', () => {
    const name = '2026-11-22T20-00-00-123456';
    expect(firstSequenceOf(droppedName(name))).toBeUndefined();
    expect([droppedName(name), name, 'dropped-mail'].map(isDroppedName)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a Bloom filter', () => {
  it.each([1, 10, 1000, 20_000])('of %d hashes misses none and rarely errs', (count) => {
    const hashes = new HashSet();
    const values = Array.from({ length: count }, (_, i) => tagTextHash('key', `${i}`));
    for (const value of values) hashes.add(value);
    hashes.add(values[0] ?? 0);
    const filter = new Uint8Array(bloomLength(hashes.size));
    fillBloom(filter, hashes);
    expect(values.every((value) => bloomHolds(filter, value))).toBe(true);
    const others = Array.from({ length: 10_000 }, (_, i) => tagTextHash('other', `${i}`));
    expect(others.filter((other) => bloomHolds(filter, other)).length).toBeLessThan(300);
  });

  it('holds the hash 0 too', () => {
    const hashes = new HashSet();
    hashes.add(0);
    const filter = new Uint8Array(bloomLength(hashes.size));
    fillBloom(filter, hashes);
    expect(bloomHolds(filter, 0)).toBe(true);
  });
});

describe('a service row', () => {
  it('gives back what was added, and lies in the ranges that touch it', () => {
    const draft = new ServiceRowDraft();
    const start = 1_795_377_600_000_000;
    draft.add(7, start + 5, 30);
    draft.add(7, start, -2);
    draft.add(9, start + 3, 10);
    draft.hashes.add(42);
    const key = draft.key(3);
    const { filter, ...row } = readServiceRow(key, draft.value());
    expect(row).toEqual({
      newestStart: start + 5,
      oldestStart: start,
      shortest: -2,
      longest: 30,
      sequences: [7, 9],
    });
    expect(bloomHolds(filter, 42)).toBe(true);
    const touches = (oldest: number, newest: number, service = 3) => {
      const range = serviceRowRange(service, oldest, newest);
      return Buffer.compare(key, range.start) <= 0 && Buffer.compare(key, range.end) > 0;
    };
    expect(touches(start, start)).toBe(true);
    expect(touches(start + 5, start + 5)).toBe(true);
    expect(touches(-Infinity, Infinity)).toBe(true);
    expect(touches(start + 6, Infinity)).toBe(false);
    expect(touches(0, start - 301_000_000)).toBe(false);
    expect(touches(-Infinity, Infinity, 2)).toBe(false);
    expect(touches(-Infinity, Infinity, 4)).toBe(false);
  });
});

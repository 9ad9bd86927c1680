import type { KeyValue, Span } from '@spoor/model';
import { describe, expect, it } from 'vitest';
import { CASSANDRA_DEFAULTS, type IndexOptions } from '../store-options.ts';
import { FLAG_FIREHOSE, HASHED_KEY, indexedTag, indexedTags } from './tag-index.ts';

const text = (key: string, value: string): KeyValue => ({ key, type: 'string', value });

const SPAN: Span = {
  traceId: '00000000000000aa',
  spanId: '0000000000000001',
  operationName: 'work',
  references: [],
  flags: 1,
  startTime: 0,
  duration: 0,
  tags: [text('a', '1'), { key: 'bytes', type: 'binary', value: Uint8Array.of(0, 255) }],
  logs: [{ timestamp: 0, fields: [text('event', 'retry')] }],
  process: { serviceName: 's', tags: [text('hostname', 'h')] },
  warnings: [],
};

const keys = (options: Partial<IndexOptions>, span = SPAN) =>
  indexedTags(span, { ...CASSANDRA_DEFAULTS.index, ...options }).map(({ key }) => key);

describe('what is indexed of a span', () => {
  it.each<[Partial<IndexOptions>, string[]]>([
    [{}, ['hostname', 'a', 'bytes', 'event']],
    [{ tags: false }, ['hostname', 'event']],
    [{ processTags: false }, ['a', 'bytes', 'event']],
    [{ logs: false }, ['hostname', 'a', 'bytes']],
    [{ blacklist: ['a', 'hostname'] }, ['bytes', 'event']],
    [{ whitelist: ['event', 'other'] }, ['event']],
    [{ whitelist: ['event'], logs: false }, []],
  ])('with %j', (options, indexed) => {
    expect(keys(options)).toEqual(indexed);
  });

  it('is all of its tags, however many', () => {
    const tags = Array.from({ length: 300_000 }, (_, i) => text(`${i}`, ''));
    expect(keys({ processTags: false, logs: false }, { ...SPAN, tags })).toHaveLength(300_000);
  });

  it('is nothing where the span asks for that', () => {
    expect(keys({}, { ...SPAN, flags: 1 | FLAG_FIREHOSE })).toEqual([]);
  });
});

describe('a tag stands', () => {
  it.each([
    ['key', 'value'],
    ['', ''],
    ['key', 'x'.repeat(255)],
    ['key', '{ no JSON'],
    ['key', '["a list"]'],
  ])('as it is: %s %s', (key, value) => {
    expect(indexedTag(key, value)).toEqual({ key, value });
  });

  it.each([
    ['key', 'x'.repeat(256)],
    ['k'.repeat(256), 'value'],
    ['key', '界'.repeat(86)],
    ['key', '{"json": true}'],
  ])('by its hash, where Jaeger has none of it: %s %s', (key, value) => {
    const tag = indexedTag(key, value);
    expect(tag).toEqual({ key: HASHED_KEY, value: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(indexedTag(key, value)).toEqual(tag);
    expect(indexedTag(`${key}x`, value.replace(/.$/, 'y'))).not.toEqual(tag);
  });
});

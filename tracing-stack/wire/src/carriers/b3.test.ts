import { expect, test } from 'vitest';
import { formatB3, formatB3Single, parseB3, parseB3Single } from './b3.ts';

const traceId = 'ff6d4d950dcade01fedcba9876543210';
const spanId = '4c9da616d3b4428d';
const parentId = '0000000000000001';
const root = '0000000000000000';
const ids = { traceId, spanId, parentId };

test.each([
  [{ ...ids, flags: 1 }, `${traceId}-${spanId}-1-${parentId}`, { sampled: '1' }],
  [{ ...ids, flags: 0 }, `${traceId}-${spanId}-0-${parentId}`, { sampled: '0' }],
  [{ ...ids, flags: 3 }, `${traceId}-${spanId}-d-${parentId}`, { sampled: '1', flags: '1' }],
  [{ ...ids, parentId: root, flags: 1 }, `${traceId}-${spanId}-1`, { sampled: '1' }],
])('%j is written in one header and in several, and read back', (context, single, rest) => {
  const { flags, ...own } = context;
  expect(formatB3Single(context)).toBe(single);
  expect(parseB3Single(single)).toEqual({ ids: own, flags });
  const headers = new Map(formatB3(context));
  const parent = own.parentId === root ? {} : { parentspanid: parentId };
  const expected = { traceid: traceId, spanid: spanId, ...parent, ...rest };
  const keyed = Object.entries(expected).map(([key, value]) => [`x-b3-${key}`, value]);
  expect(Object.fromEntries(headers)).toEqual(Object.fromEntries(keyed));
  expect(parseB3(headers)).toEqual({ ids: own, flags });
});

test.each([
  ['0', 0],
  ['1', 1],
  ['true', 1],
  ['False', 0],
])('sampled %s without ids is a decision, %d', (sampled, flags) => {
  expect(parseB3(new Map([['x-b3-sampled', sampled]]))).toEqual({ ids: undefined, flags });
});

test.each([
  ['0', 0],
  ['1', 1],
  ['d', 3],
])('the single header %s is a decision, %d', (text, flags) => {
  expect(parseB3Single(text)).toEqual({ ids: undefined, flags });
});

test('ids without a decision leave it to the receiver', () => {
  const expected = { ids: { ...ids, parentId: root }, flags: undefined };
  expect(parseB3Single(`${traceId}-${spanId}`)).toEqual(expected);
  const headers = new Map(Object.entries({ 'x-b3-traceid': traceId, 'x-b3-spanid': spanId }));
  expect(parseB3(headers)).toEqual(expected);
});

test('identity without a decision is written without one', () => {
  expect(formatB3Single({ ...ids, flags: undefined })).toBe(`${traceId}-${spanId}`);
  expect(formatB3({ ...ids, flags: undefined })).toEqual([
    ['x-b3-traceid', traceId],
    ['x-b3-spanid', spanId],
    ['x-b3-parentspanid', parentId],
  ]);
});

test.each([
  '',
  'x',
  'toString',
  `${traceId}-`,
  `-${spanId}-1`,
  `${traceId}-${spanId}-2`,
  `${traceId}-${spanId}-1-x`,
  `${traceId}-${spanId}-1-${parentId}-1`,
  `${'0'.repeat(32)}-${spanId}-1`,
  `${traceId}-${root}-1`,
])('the single header %j is refused', (text) => {
  expect(parseB3Single(text)).toBeUndefined();
});

test.each([
  { 'x-b3-traceid': traceId },
  { 'x-b3-spanid': spanId },
  { 'x-b3-traceid': 'x', 'x-b3-spanid': spanId },
  { 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-parentspanid': 'x' },
  { 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-sampled': 'd' },
])('the headers %j are refused', (headers) => {
  expect(parseB3(new Map(Object.entries(headers)))).toBeUndefined();
});

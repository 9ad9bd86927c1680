import { expect, test } from 'vitest';
import {
  parseSpanId,
  parseTraceId,
  spanIdFromInt64,
  spanIdToInt64,
  traceIdFromBytes,
  traceIdFromHighLow,
  traceIdHigh,
  traceIdLow,
  traceIdToBytes,
} from './ids.ts';

test.each([
  ['ab', '00000000000000ab'],
  ['AB', '00000000000000ab'],
  ['000000000000000000000000000000ab', '00000000000000ab'],
  ['00000000000000ab0000000000000fed', '00000000000000ab0000000000000fed'],
  ['ab0000000000000fed', '00000000000000ab0000000000000fed'],
  ['0', '0000000000000000'],
])('trace id %s is read as %s', (text, id) => {
  expect(parseTraceId(text)).toBe(id);
});

test.each(['', 'xyz', '0x1', '1 ', '-1', '1'.repeat(33)])('%j is no trace id', (text) => {
  expect(parseTraceId(text)).toBeUndefined();
});

test.each([
  ['f', '000000000000000f'],
  ['ABCDEF0123456789', 'abcdef0123456789'],
])('span id %s is read as %s', (text, id) => {
  expect(parseSpanId(text)).toBe(id);
});

test.each(['', 'g', '1'.repeat(17)])('%j is no span id', (text) => {
  expect(parseSpanId(text)).toBeUndefined();
});

test.each([
  [0n, 0x1n, '0000000000000001'],
  [0n, -1n, 'ffffffffffffffff'],
  [-1n, 0n, 'ffffffffffffffff0000000000000000'],
  [1n, 2n, '00000000000000010000000000000002'],
])('the halves %d and %d make trace id %s, and come back from it', (high, low, id) => {
  expect(traceIdFromHighLow(high, low)).toBe(id);
  expect([traceIdHigh(id), traceIdLow(id)]).toEqual([high, low]);
});

test('a trace id goes into 16 bytes and comes back from any offset', () => {
  for (const id of ['00000000000000ab', '80000000000000ab0000000000000fed']) {
    const padded = new Uint8Array(20);
    padded.set(traceIdToBytes(id), 3);
    expect(traceIdFromBytes(padded, 3)).toBe(id);
  }
});

test('a span id is the same 64 bits, signed or not', () => {
  expect(spanIdFromInt64(2n ** 64n - 1n)).toBe('ffffffffffffffff');
  expect(spanIdToInt64('ffffffffffffffff')).toBe(-1n);
  expect(spanIdFromInt64(spanIdToInt64('8000000000000000'))).toBe('8000000000000000');
});

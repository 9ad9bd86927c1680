import { StorageError } from '@spoor/storage-api';
import { expect, it } from 'vitest';
import { formatCursor, parseCursor } from './arrival-cursor.ts';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';

it('a cursor comes back from its text', () => {
  const cursor = new Map([
    [B, { part: 0n, sequence: 1n }],
    [A, { part: 3n, sequence: 2n ** 53n + 1n }],
  ]);
  const text = formatCursor(cursor);
  expect(text).toBe(`c1;${A}:3:9007199254740993;${B}:0:1`);
  expect(parseCursor(text)).toEqual(cursor);
  expect(parseCursor(formatCursor(new Map()))).toEqual(new Map());
});

it.each(['', 'c2', 'c1;', `c1;${A}`, `c1;${A}:1:-1`, `c1;${A}:1:1;`, `c1;x:1:1`])(
  '%s is none',
  (text) => {
    expect(() => parseCursor(text)).toThrow(StorageError);
  },
);

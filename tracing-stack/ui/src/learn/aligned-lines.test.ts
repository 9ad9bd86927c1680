import { expect, test } from 'vitest';
import { alignedLines } from './aligned-lines.ts';

/** One line each, `=` for one that is in both, `.` for a gap: `=a`. */
const drawn = (left: string, right: string) =>
  alignedLines(left.replaceAll(' ', '\n'), right.replaceAll(' ', '\n')).map((side) =>
    side.map(({ text, isSame }) => (isSame ? `=${text}` : (text ?? '.'))).join(' '),
  );

test.each([
  ['', '', '', ''],
  ['a', 'a', '=a', '=a'],
  ['a b c', 'a b c', '=a =b =c', '=a =b =c'],
  ['a c', 'a b c', '=a . =c', '=a b =c'],
  ['a b c', 'a c', '=a b =c', '=a . =c'],
  ['a x c', 'a b c', '=a x =c', '=a b =c'],
  ['a x c', 'a b d c', '=a x . =c', '=a b d =c'],
  ['', 'a b', '. .', 'a b'],
  ['a b', '', 'a b', '. .'],
  ['x a b y', 'a z b', 'x =a . =b y', '. =a z =b .'],
  ['a a b', 'a b', '=a a =b', '=a . =b'],
])('%j beside %j', (left, right, ...expected) => {
  expect(drawn(left, right)).toEqual(expected);
});

test('the end of the last line is no line of its own', () => {
  expect(alignedLines('a\n', 'a')).toEqual([
    [{ text: 'a', isSame: true }],
    [{ text: 'a', isSame: true }],
  ]);
});

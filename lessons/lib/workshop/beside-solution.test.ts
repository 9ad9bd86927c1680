import { expect, test } from 'vitest';
import { columns } from '../terminal-text.ts';
import { pairPicture, pairRows } from './beside-solution.ts';

const paint = (_colour: string, text: string) => text;
const words = {
  mine: 'yours',
  finished: 'finished',
  same: 'the same',
  skipped: (n: number) => `(${n})`,
};
const same = (text: string) => ({ mine: text, finished: text, same: true });

test.each([
  ['a\nb\n', 'a\nb\n', [same('a'), same('b')]],
  ['a\nb\n', 'a\nc\n', [same('a'), { mine: 'b', finished: 'c', same: false }]],
  ['a\n', 'a\nb\n', [same('a'), { finished: 'b', same: false }]],
  ['a\nb\n', 'b\n', [{ mine: 'a', same: false }, same('b')]],
  ['', 'a\n', [{ finished: 'a', same: false }]],
])('%j beside %j', (mine, finished, rows) => {
  expect(pairRows(mine, finished)).toEqual(rows);
});

const numbers = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);
const mine = `${[...numbers(20), 'const a = 1;', ...numbers(3)].join('\n')}\n`;
const finished = `${[...numbers(20), 'const a = 2;', 'x'.repeat(300), ...numbers(3)].join('\n')}\n`;
const pair = { name: 'a.ts', mine, solution: 'solution/a.ts', finished };

test('a narrow terminal shows a diff with what is near the changes', () => {
  const lines = pairPicture(pair, 80, paint, words);
  expect(lines.slice(0, 8)).toEqual([
    '  - a.ts (yours)',
    '  + solution/a.ts (finished)',
    '    (18)',
    '    line 18',
    '    line 19',
    '  - const a = 1;',
    '  + const a = 2;',
    `  + ${'x'.repeat(75)}`,
  ]);
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(80);
});

test('a wide terminal shows both side by side', () => {
  const lines = pairPicture(pair, 160, paint, words);
  expect(lines[0]).toMatch(/^ {2}a\.ts \(yours\) +│ solution\/a\.ts \(finished\)$/);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}const a = 1; +│ const a = 2;$/));
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(160);
});

test('what is the same is said in a line', () => {
  expect(pairPicture({ ...pair, finished: mine }, 80, paint, words)).toEqual(['  a.ts  the same']);
});

import { expect, test } from 'vitest';
import { bestAssignment } from './best-assignment.ts';

test.each<[string, number[][], number[]]>([
  ['nothing', [], []],
  ['no columns', [[], []], [-1, -1]],
  [
    'what each likes best',
    [
      [9, 1],
      [1, 9],
    ],
    [0, 1],
  ],
  [
    'less for one where it is more for all',
    [
      [9, 8],
      [9, 1],
    ],
    [1, 0],
  ],
  [
    'no pair that gains nothing',
    [
      [0, 0],
      [5, 0],
    ],
    [-1, 0],
  ],
  ['one column for the row that gains most by it', [[3], [7], [5]], [-1, 0, -1]],
])('gives %s', (_what, gains, columns) => {
  expect(bestAssignment(gains)).toEqual(columns);
});

test('gains as much as the best of all orders', () => {
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 50;
  };
  for (let round = 0; round < 200; round++) {
    const gains = Array.from({ length: 4 }, () => Array.from({ length: 5 }, random));
    const columns = bestAssignment(gains);
    const taken = columns.filter((column) => column !== -1);
    expect(new Set(taken).size).toBe(taken.length);
    const gained = columns.reduce((sum, column, row) => sum + (gains[row]?.[column] ?? 0), 0);
    expect(gained).toBe(most(gains, 0, new Set()));
  }
});

/** Tries every order. */
function most(gains: readonly number[][], row: number, taken: ReadonlySet<number>): number {
  if (row === gains.length) return 0;
  const options = (gains[row] ?? []).map((gain, column) =>
    taken.has(column) ? 0 : gain + most(gains, row + 1, new Set([...taken, column])),
  );
  return Math.max(most(gains, row + 1, taken), ...options);
}

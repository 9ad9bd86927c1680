import { expect, test } from 'vitest';
import { tappedSpan } from '../testing/example-run.ts';
import { underWay } from './watch.ts';

const names = new Set(['asked', 'call']);

test.each([
  ['nothing', [], { wanted: 0, foreign: 0 }],
  ['what began', [tappedSpan('start', 'asked')], { wanted: 1, foreign: 0 }],
  [
    'not what ended',
    [tappedSpan('start', 'asked'), tappedSpan('start', 'call'), tappedSpan('finish', 'call')],
    { wanted: 1, foreign: 0 },
  ],
  ['what has another name, for itself', [tappedSpan('start', 'mine')], { wanted: 0, foreign: 1 }],
  [
    'what an asked one hangs below, whatever its name',
    [
      tappedSpan('start', 'request'),
      tappedSpan('start', 'asked', { parentId: 'request' }),
      tappedSpan('finish', 'asked', { parentId: 'request' }),
    ],
    { wanted: 1, foreign: 0 },
  ],
])('under way is %s', (_what, tap, expected) => {
  expect(underWay(tap, names)).toEqual(expected);
});

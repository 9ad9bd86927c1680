import { expect, test } from 'vitest';
import { tappedSpan } from '../testing/example-run.ts';
import { onTheirWay, underWay } from './watch.ts';

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

test('a request is on its way until the service that it left for has it', () => {
  const request = {
    type: 'request',
    at: 1,
    method: 'GET',
    url: 'http://localhost:2334/x',
  } as const;
  const [left, elsewhere] = [
    { ...request, headers: {} },
    { ...request, url: 'http://localhost:9/x', headers: {} },
  ];
  const serve = { type: 'serve', at: 2, method: 'GET', url: '/x', headers: {} } as const;
  expect(onTheirWay(2334, [], [left, elsewhere])).toBe(1);
  expect(onTheirWay(2334, [serve], [left, serve])).toBe(0);
  // The judge's own requests come in, too.
  expect(onTheirWay(2334, [serve, serve], [left, serve, serve])).toBe(0);
  expect(onTheirWay(undefined, [], [elsewhere])).toBe(0);
});

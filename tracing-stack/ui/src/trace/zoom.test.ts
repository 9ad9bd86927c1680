import { expect, test } from 'vitest';
import {
  formatZoom,
  isWhole,
  panned,
  parseZoom,
  scaled,
  wholeTrace,
  zoomBetween,
  zoomTo,
} from './zoom.ts';

const DURATION = 1_000;

test.each([
  ['between two points', zoomBetween(200, 300, DURATION), [200, 300]],
  ['drawn from right to left', zoomBetween(300, 200, DURATION), [200, 300]],
  ['drawn past the start', zoomBetween(-50, 100, DURATION), [0, 150]],
  ['drawn past the end', zoomBetween(900, 1_100, DURATION), [800, 1_000]],
  ['wider than the trace', zoomBetween(-500, 2_000, DURATION), [0, 1_000]],
  ['a point', zoomBetween(500, 500, DURATION), [500, 501]],
  ['the last point', zoomBetween(1_000, 1_000, DURATION), [999, 1_000]],
  ['a trace that takes no time', zoomBetween(0, 5, 0), [0, 0]],
  ['half as wide', scaled({ from: 200, to: 400 }, 0.5, DURATION), [250, 350]],
  ['twice as wide, at the edge', scaled({ from: 0, to: 400 }, 2, DURATION), [0, 800]],
  ['never narrower than can be seen', scaled({ from: 5, to: 6 }, 0.1, DURATION), [5, 6]],
  ['later', panned({ from: 200, to: 400 }, 0.5, DURATION), [300, 500]],
  ['earlier, up to the start', panned({ from: 50, to: 250 }, -0.5, DURATION), [0, 200]],
  ['later, up to the end', panned({ from: 700, to: 900 }, 1, DURATION), [800, 1_000]],
  ['a span with room beside it', zoomTo(500, 100, DURATION), [490, 610]],
  ['a span at the start', zoomTo(0, 100, DURATION), [0, 110]],
  ['a span that takes no time', zoomTo(500, 0, DURATION), [499, 501]],
] as const)('%s', (_what, { from, to }, expected) => {
  expect([from, to]).toEqual(expected);
});

test('what an address holds comes back the same', () => {
  for (const [from, to] of [
    [0, 12],
    [0.125, 2.5],
    [795_370_478_486_989, 795_370_481_486_989],
  ] as const)
    expect(parseZoom(formatZoom({ from, to }), 1e15)).toEqual({ from, to });
});

test.each(['', '5', '5-', '-5', '10-5', '5-5', 'a-b', '1e3-2e3', '1000-2000', '0x1-5'])(
  'an address with "%s" shows the whole trace',
  (text) => {
    expect(parseZoom(text, DURATION)).toBeUndefined();
  },
);

test('an address that reaches past the end is cut there', () => {
  expect(parseZoom('900-5000', DURATION)).toEqual({ from: 900, to: 1_000 });
});

test('the whole trace is no zoom', () => {
  expect(isWhole(wholeTrace(DURATION), DURATION)).toBe(true);
  expect(isWhole(wholeTrace(0), 0)).toBe(true);
  expect(isWhole({ from: 0, to: 999 }, DURATION)).toBe(false);
});

import { expect, test } from 'vitest';
import { SLICE, slicesToCount } from './slices.ts';

const MIDNIGHT = 1_700_006_400_000_000;

/** Hours after midnight; `now` is half past. */
function hours(now: number, newest: number | undefined, lookback = 24, lateness = 1): number[] {
  const slices = slicesToCount({
    now: MIDNIGHT + (now + 0.5) * SLICE,
    newest: newest === undefined ? undefined : MIDNIGHT + newest * SLICE,
    lookback: lookback * SLICE,
    lateness: lateness * SLICE,
  });
  return slices.map((slice) => (slice - MIDNIGHT) / SLICE);
}

test.each<[string, number[], number[]]>([
  ['the first run looks back', hours(10, undefined, 2), [8, 9, 10]],
  ['a run within the hour counts it again, and the one before', hours(10, 10), [9, 10]],
  ['the next goes on', hours(12, 10), [9, 10, 11, 12]],
  ['with no lateness the hour that was not over is counted again', hours(11, 10, 24, 0), [10, 11]],
  ['it is not counted further back than the first run would', hours(10, 9, 2, 5), [8, 9, 10]],
  ['after a long pause what was counted stays', hours(10, 2, 5), [3, 4, 5, 6, 7, 8, 9, 10]],
  ['what was written for the future holds nothing up', hours(10, 50), [9, 10]],
  ['what another job wrote within an hour is in that hour', hours(10, 9.75), [8, 9, 10]],
])('%s', (_what, slices, expected) => {
  expect(slices).toEqual(expected);
});

import { afterEach, expect, test, vi } from 'vitest';
import { sleep, timeScale } from './sleep.ts';

afterEach(() => vi.useRealTimers());

test.each([
  [undefined, 1],
  ['0.1', 0.1],
  ['0', 0],
  ['2', 2],
])('SPOOR_TIME_SCALE %s is a scale of %d', (text, scale) => {
  expect(timeScale(text === undefined ? {} : { SPOOR_TIME_SCALE: text })).toBe(scale);
});

test.each(['', 'fast', '-1', 'NaN', 'Infinity'])('SPOOR_TIME_SCALE %j is refused', (text) => {
  expect(() => timeScale({ SPOOR_TIME_SCALE: text })).toThrow(
    `[client] SPOOR_TIME_SCALE must be a number from 0 on, not '${text}'`,
  );
});

test('sleep lasts as long as asked, times the scale', async () => {
  vi.useFakeTimers();
  let awake = false;
  sleep(3000, 0.1).then(() => {
    awake = true;
  });
  await vi.advanceTimersByTimeAsync(299);
  expect(awake).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(awake).toBe(true);
});

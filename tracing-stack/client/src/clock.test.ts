import { expect, test } from 'vitest';
import { createClock, microsOf, systemClock } from './clock.ts';
import { recordingLosses } from './testkit/recording-losses.ts';

/** A machine whose clocks are turned by hand; times in milliseconds. */
function machine() {
  const state = { wall: 1_000_000, monotonic: 50 };
  const clock = createClock({
    wall: () => state.wall,
    monotonic: () => state.monotonic,
    origin: 999_950,
  });
  return {
    clock,
    pass(milliseconds: number) {
      state.wall += milliseconds;
      state.monotonic += milliseconds;
    },
    setWall(by: number) {
      state.wall += by;
    },
  };
}

test('it counts microseconds that the time of day does not show', () => {
  const { clock, pass } = machine();
  expect(clock.now().time).toBe(1_000_000_000);
  pass(0.25);
  expect(clock.now().time).toBe(1_000_000_250);
});

test('it never runs backwards when the system is set back', () => {
  const { clock, pass, setWall } = machine();
  const before = clock.now().time;
  setWall(-3_600_000);
  pass(1);
  expect(clock.now().time).toBe(before + 1000);
});

test.each([
  ['leaps forward after a sleep of the machine', 5000, 5_000_000],
  ['does not follow a small correction', 99, 0],
])('it %s', (_, wallStep, leap) => {
  const { clock, setWall } = machine();
  const before = clock.now().time;
  setWall(wallStep);
  expect(clock.now().time).toBe(before + leap);
  expect(clock.now().time).toBe(before + leap);
});

test('a leap does not lengthen what is measured across it', () => {
  const { clock, pass, setWall } = machine();
  const before = clock.now().elapsed;
  setWall(5000);
  pass(2);
  expect(clock.now().elapsed - before).toBe(2000);
});

test('the clock of the process says whole microseconds in rising order', () => {
  let last = systemClock.now().time;
  for (let i = 0; i < 1000; i++) {
    const { time } = systemClock.now();
    expect(Number.isSafeInteger(time) && time >= last).toBe(true);
    last = time;
  }
});

test.each([
  [1.5, 1500],
  [1_795_370_337_330.143, 1_795_370_337_330_143],
  [0, 0],
  [new Date(1.9), 1000],
  [undefined, undefined],
  [null, undefined],
])('%s milliseconds of the API are %s microseconds', (time, micros) => {
  const losses = recordingLosses();
  expect(microsOf(time, losses)).toBe(micros);
  expect(losses.lines).toEqual([]);
});

test.each([
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [1e300],
  [5n],
  ['5'],
  [{}],
  [Symbol('t')],
  [new Date(Number.NaN)],
])('%s is no time, and told', (time) => {
  const losses = recordingLosses();
  expect(microsOf(time, losses)).toBeUndefined();
  expect(losses.lines).toEqual(['a time that is no number of milliseconds was replaced by now']);
});

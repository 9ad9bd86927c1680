import { performance } from 'node:perf_hooks';
import { types } from 'node:util';
import type { Micros } from '@spoor/model';
import type { Losses } from './losses.ts';

/** A moment, read once: whatever pauses the process, the two say the same. Whole microseconds. */
export interface Instant {
  /** Since 1970. */
  readonly time: Micros;
  /** Since some moment in this process's life: for lengths, whatever happens to the time of day. */
  readonly elapsed: Micros;
}

/** Neither reading ever runs backwards. */
export interface Clock {
  now(): Instant;
}

/** The process's sources of time, in milliseconds with a fraction. */
export interface TimeSources {
  /** Since 1970, as the system says; may be set to another time at any moment. */
  readonly wall: () => number;
  /** Since `origin`, evenly. Stands still while a laptop sleeps. */
  readonly monotonic: () => number;
  readonly origin: number;
}

const SYSTEM: TimeSources = {
  wall: Date.now,
  monotonic: () => performance.now(),
  origin: performance.timeOrigin,
};

/** How far the even clock may fall behind the time of day before it leaps after it: more than a step of NTP. */
const LEAP: Micros = 100_000;

/**
 * A clock that counts on evenly from the process's start, finer than `Date.now`, so that spans of one process are always
 * in their true order. It leaps forward after a sleep of the machine or a correction of its time. It never follows the
 * system's time backwards: then it stays ahead by as much.
 */
export function createClock({ wall, monotonic, origin }: TimeSources = SYSTEM): Clock {
  let start = Math.floor(origin * 1000);
  return {
    now() {
      // The wall first: a pause between the two readings must not look like time that is missing.
      const wallTime = Math.floor(wall() * 1000);
      const elapsed = Math.floor(monotonic() * 1000);
      const behind = wallTime - (start + elapsed);
      if (behind > LEAP) start += behind;
      return { time: start + elapsed, elapsed };
    },
  };
}

/** One for the process, so that all its tracers agree. */
export const systemClock: Clock = createClock();

/**
 * A time of opentracing's API (milliseconds since 1970, with a fraction; or a `Date`) in microseconds. `undefined` for
 * none, and for what is no time, which is told.
 */
export function microsOf(time: unknown, losses: Losses): Micros | undefined {
  if (time === undefined || time === null) return undefined;
  const milliseconds = types.isDate(time) ? Date.prototype.getTime.call(time) : time;
  const micros = typeof milliseconds === 'number' ? Math.round(milliseconds * 1000) : Number.NaN;
  if (Number.isSafeInteger(micros)) return micros;
  losses.badArgument('a time that is no number of milliseconds was replaced by now');
  return undefined;
}

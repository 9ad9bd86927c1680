import { performance } from 'node:perf_hooks';
import type { Micros } from '@spoor/model';

/** Time in whole microseconds. Both readings never run backwards. */
export interface Clock {
  /** Since 1970. */
  now(): Micros;
  /** Since some moment in this process's life: for lengths, whatever happens to the time of day. */
  elapsed(): Micros;
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
const LEAP_MILLISECONDS = 100;

/**
 * A clock that counts on evenly from the process's start, finer than `Date.now`, so that spans of one process are always
 * in their true order. It leaps forward after a sleep of the machine or a correction of its time. It never follows the
 * system's time backwards: then it stays ahead by as much.
 */
export function createClock({ wall, monotonic, origin }: TimeSources = SYSTEM): Clock {
  let start = origin;
  return {
    now() {
      // The wall first: a pause between the two readings must not look like time that is missing.
      const time = wall();
      const ticks = monotonic();
      const behind = time - (start + ticks);
      if (behind > LEAP_MILLISECONDS) start += behind;
      return Math.floor((start + ticks) * 1000);
    },
    elapsed: () => Math.floor(monotonic() * 1000),
  };
}

/** One for the process, so that all its tracers agree. */
export const systemClock: Clock = createClock();

/** A time of opentracing's API (milliseconds, with a fraction) in microseconds; `undefined` for none or for nonsense. */
export function microsOf(milliseconds: number | undefined): Micros | undefined {
  if (milliseconds === undefined) return undefined;
  const micros = Math.round(milliseconds * 1000);
  return Number.isSafeInteger(micros) ? micros : undefined;
}

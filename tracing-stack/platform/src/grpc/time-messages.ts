import type { Micros } from '@spoor/model';

/** `google.protobuf.Timestamp` or `Duration`, as it is read: an int64 is a text. */
export interface TimeMessage {
  readonly seconds: string;
  readonly nanos: number;
}

/** Seconds of Go's zero time, the year 1, which stands for no time. */
const GO_ZERO_SECONDS = '-62135596800';

/** A length of time, with the fraction that nanoseconds make; 0 for none. */
export function lengthOfTime(message: TimeMessage | null): Micros {
  return message === null ? 0 : Number(message.seconds) * 1_000_000 + message.nanos / 1000;
}

/** The same of a point in time; `undefined` for none. */
export function pointInTime(message: TimeMessage | null): Micros | undefined {
  if (message === null || message.seconds === GO_ZERO_SECONDS) return undefined;
  return lengthOfTime(message);
}

/** What is sent of either: nanoseconds count forward. The years 1 to 9999 are all that it may hold. */
export function timeMessage(time: Micros): { readonly seconds: number; readonly nanos: number } {
  const limited = Math.min(MAX_TIME, Math.max(MIN_TIME, time));
  const seconds = Math.floor(limited / 1_000_000);
  return { seconds, nanos: (limited - seconds * 1_000_000) * 1000 };
}

const MIN_TIME = -62_135_596_799 * 1_000_000;
const MAX_TIME = 253_402_300_799 * 1_000_000;

/** The times by which Jaeger's `TraceQueryParameters`, whichever of them, narrow a search. */
export interface SearchTimes {
  readonly startTimeMin: TimeMessage | null;
  readonly startTimeMax: TimeMessage | null;
  readonly durationMin: TimeMessage | null;
  readonly durationMax: TimeMessage | null;
}

/** The same in whole microseconds, both ends included. A start that is not asked for is any; a duration is left out. */
export function searchTimes(message: SearchTimes): {
  readonly startTimeMin: Micros;
  readonly startTimeMax: Micros;
  readonly durationMin?: Micros;
  readonly durationMax?: Micros;
} {
  const durationMin = Math.ceil(lengthOfTime(message.durationMin));
  const durationMax = Math.floor(lengthOfTime(message.durationMax));
  return {
    startTimeMin: Math.ceil(pointInTime(message.startTimeMin) ?? Number.MIN_SAFE_INTEGER),
    startTimeMax: Math.floor(pointInTime(message.startTimeMax) ?? Number.MAX_SAFE_INTEGER),
    ...(durationMin !== 0 && { durationMin }),
    ...(durationMax !== 0 && { durationMax }),
  };
}

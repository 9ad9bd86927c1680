import { type LogJson, micros } from '@spoor/analysis';

/** Logs that are closer than this part of the axis share a dot. */
const GRAIN = 1 / 200;

/** Where on the axis a span's logs lie, as parts of it from 0 to 1, at most one dot a grain. What lies outside is left out. */
export function logDots(logs: readonly LogJson[], startTime: number, duration: number): number[] {
  if (!(duration > 0)) return [];
  const grains = new Set<number>();
  for (const { timestamp } of logs) {
    const part = (micros(timestamp) - startTime) / duration;
    if (part >= 0 && part <= 1) grains.add(Math.round(part / GRAIN));
  }
  return [...grains].map((grain) => grain * GRAIN);
}

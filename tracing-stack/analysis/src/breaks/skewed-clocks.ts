import { adjustedBy } from '../adjusters/clock-skew.ts';
import { skewBetween } from '../adjusters/skew-between.ts';
import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { parentsOf } from '../tree/parents.ts';
import { endTime } from '../tree/trace-span.ts';
import { isSameProcess } from './same-process.ts';
import { isCalling } from './span-kind.ts';

/** Two processes whose clocks do not agree, by a call from the one to the other. */
export interface SkewedClocks {
  /** Of all calls between the two, the one whose times disagree most. */
  readonly parent: ObservedSpan;
  readonly child: ObservedSpan;
  /** How many calls between the two say so. */
  readonly calls: number;
  /**
   * `early`: the child starts before its parent, which only a wrong clock can say. `late`: it starts after its parent
   * has ended, though that was a call that is waited for. `adjusted`: the query service has moved the child.
   */
  readonly shows: 'early' | 'late' | 'adjusted';
  /** By how much the child's clock is behind its parent's, in microseconds; negative if it is ahead. */
  readonly behind: number;
}

/** Tracers that count whole milliseconds cut off up to that much. */
const COARSE_CLOCK = 1000;

/** Each pair of services once, in order of the calls. */
export function skewedClocks({ spans }: ObservedTrace): SkewedClocks[] {
  const { byStart, parent: parents } = parentsOf(spans);
  const byPair = new Map<string, SkewedClocks>();
  for (const at of byStart) {
    const child = spans[at] as ObservedSpan;
    const parent = spans[parents[at] as number];
    if (!parent || isSameProcess(child, parent)) continue;
    const seen = skewOf(child, parent);
    if (!seen) continue;
    const key = JSON.stringify([parent.serviceName, child.serviceName]);
    const known = byPair.get(key);
    const worst = !known || Math.abs(seen.behind) > Math.abs(known.behind) ? seen : known;
    byPair.set(key, { ...worst, calls: (known?.calls ?? 0) + 1 });
  }
  return [...byPair.values()];
}

function skewOf(child: ObservedSpan, parent: ObservedSpan): SkewedClocks | undefined {
  const pair = { parent, child, calls: 1 };
  const moved = adjustedBy(child.warnings ?? []);
  if (moved !== undefined) return { ...pair, shows: 'adjusted', behind: moved };
  const behind = skewBetween(child, parent);
  if (child.startTime < parent.startTime - COARSE_CLOCK) return { ...pair, shows: 'early', behind };
  // Only a call that is waited for: what is sent off may well be taken up later.
  const isWaitedFor = isCalling(parent) && child.parentReference !== 'FOLLOWS_FROM';
  return isWaitedFor && child.startTime > endTime(parent) + COARSE_CLOCK
    ? { ...pair, shows: 'late', behind }
    : undefined;
}

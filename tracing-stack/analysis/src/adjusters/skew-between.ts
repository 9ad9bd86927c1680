import type { Micros } from '@spoor/model';

interface Timed {
  readonly startTime: Micros;
  readonly duration: Micros;
}

/** By how much to move the child so that the way there and the way back take equally long; 0 if it lies within its parent. */
export function skewBetween(child: Timed, parent: Timed): Micros {
  const spare = parent.duration - child.duration;
  if (spare < 0) {
    // It outlived its caller: asynchronous, or the caller stopped waiting. All that is sure is that it began later.
    return Math.max(0, parent.startTime - child.startTime);
  }
  const fits =
    child.startTime >= parent.startTime &&
    child.startTime + child.duration <= parent.startTime + parent.duration;
  return fits ? 0 : parent.startTime + spare / 2 - child.startTime;
}

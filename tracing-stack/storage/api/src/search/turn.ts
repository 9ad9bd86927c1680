import { setImmediate } from 'node:timers/promises';

/** How long a call may keep the event loop to itself, in milliseconds: what a span on its way in waits for a search. */
const TURN = 10;

/** Lets others run from time to time during long work. */
export class Turn {
  private started = performance.now();

  /** Returns at once unless the turn is over. */
  async end(): Promise<void> {
    if (performance.now() - this.started < TURN) return;
    await setImmediate();
    this.started = performance.now();
  }
}

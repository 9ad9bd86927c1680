import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '@spoor/storage-api';
import { isMomentary, isUnreachable } from './answer-error.ts';

const TRIES = 6;
const FIRST_PAUSE_MS = 100;

/**
 * Whether and when a request that failed is made again. Each pause is twice the one before, so that all of them take
 * three seconds. Where nobody listened the last time, there is one try: who waits for an answer is told at once.
 */
export class Retries {
  private isDown = false;

  /** Calls `attempt` until it goes well. It must do no harm to make it again although the last one may have gone well. */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await attempt();
        this.isDown = false;
        return answer;
      } catch (error) {
        if (!this.goesOn(error, tries)) throw error;
        await pause(tries);
      }
    }
  }

  private goesOn(error: unknown, tries: number): boolean {
    if (!(error instanceof StorageError)) return false;
    if (error.code !== 'unavailable' && error.code !== 'full') return false;
    const wasDown = this.isDown;
    if (isUnreachable(error)) this.isDown = tries >= TRIES || wasDown;
    return tries < TRIES && !(wasDown && this.isDown);
  }
}

/** Longer from try to try, and not the same for all who wait. */
function pause(tries: number): Promise<void> {
  const longest = FIRST_PAUSE_MS * 2 ** (tries - 1);
  return sleep(longest * (0.5 + Math.random() / 2));
}

const MOMENTS = 9;
const FIRST_MOMENT_MS = 25;

/** Asks again, for some seconds, where a shard is just being started: that of a new day's index, say. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === MOMENTS || !isMomentary(error)) throw error;
      await sleep(FIRST_MOMENT_MS * 2 ** (tries - 1));
    }
  }
}

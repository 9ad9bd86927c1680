import type { Judging } from '../workshop/judging-alone.ts';

export interface JudgingWatch {
  /** To be called whenever it may have begun or ended. */
  look(): void;
  close(): void;
}

const LOOK_EVERY_MS = 1000;

/**
 * Tells when a judgement begins and when it has ended. While one is under way it is looked at again and again, for a
 * judge that dies takes back nothing.
 */
export function watchJudging(
  judgingNow: () => Promise<Judging | undefined>,
  tell: (now: Judging | undefined) => void,
  lookEveryMs = LOOK_EVERY_MS,
): JudgingWatch {
  let told: Judging | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();

  async function lookNow(wasAsked: boolean): Promise<void> {
    if (closed) return;
    // What cannot be read now is looked at again.
    const now = await judgingNow().catch(() => told);
    if (closed) return;
    // Between two looks one may have ended and another begun, of the same lesson by the same process.
    if (wasAsked || now?.pid !== told?.pid || now?.lesson !== told?.lesson) tell(now);
    told = now;
    clearTimeout(timer);
    if (now) {
      timer = setTimeout(() => enqueue(false), lookEveryMs);
      timer.unref();
    }
  }

  function enqueue(wasAsked: boolean): void {
    looking = looking.then(() => lookNow(wasAsked));
  }

  return {
    look: () => enqueue(true),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

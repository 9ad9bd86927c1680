import { availableParallelism, loadavg } from 'node:os';
import { type CpuUse, cpuUse } from './cpu-use.ts';

/**
 * A clock for everything that the judge waits for. It stands still while the programs that it watches wait for a
 * processor, or while this process itself does: a slow machine is no mistake of the learner's. A program that does
 * nothing, and one that never stops working, grow old by it all the same.
 */
export interface Pace {
  /** Milliseconds. */
  now(): number;
  /** Resolves when so much of this clock's time has passed; at once if `signal` is given and aborted. */
  after(ms: number, signal?: AbortSignal): Promise<void>;
  /** From now on this process and what it starts count, until it has gone. */
  watch(pid: number): void;
}

export interface PaceOptions {
  /** Milliseconds. */
  readonly clock?: () => number;
  readonly use?: (pid: number) => CpuUse | undefined;
  /** The share of the processors that a process gets, where nothing tells of it alone: 0 to 1. */
  readonly share?: () => number;
}

const TICK_MS = 50;
/** Of a tick. Less than that every program waits now and then. */
const STARVED_SHARE = 0.1;

export function openPace(options: PaceOptions = {}): Pace {
  const { clock = () => performance.now(), use = cpuUse, share = shareByLoad } = options;
  const before = new Map<number, CpuUse>();
  const waiting = new Set<() => void>();
  let own = 0;
  let last = clock();
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    const now = clock();
    const elapsed = now - last;
    last = now;
    // This process was kept from its work itself.
    const step = Math.min(elapsed, 2 * TICK_MS);
    own += Math.min(step, had(elapsed, step));
    for (const look of waiting) look();
    if (waiting.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  /** How much of `step` the watched programs had. */
  function had(elapsed: number, step: number): number {
    let [used, waited, isBusy, isKnown] = [0, 0, false, before.size === 0];
    for (const [pid, earlier] of before) {
      const each = use(pid);
      if (!each) {
        if (process.platform === 'linux') before.delete(pid);
        continue;
      }
      isKnown = true;
      // What a child that has gone had used is gone with it.
      used += Math.max(0, each.used - earlier.used);
      waited += Math.max(0, each.waited - earlier.waited);
      isBusy ||= each.isBusy;
      before.set(pid, each);
    }
    if (before.size > 0 && !isKnown) return step * share();
    return isBusy || waited > elapsed * STARVED_SHARE ? used : step;
  }

  function run(): void {
    if (timer) return;
    last = clock();
    timer = setInterval(tick, TICK_MS);
  }

  return {
    now() {
      return own;
    },
    after(ms, signal) {
      run();
      const due = own + ms;
      return new Promise((resolve) => {
        const done = () => {
          waiting.delete(look);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const look = () => {
          if (own >= due) done();
        };
        waiting.add(look);
        if (signal?.aborted) done();
        else signal?.addEventListener('abort', done, { once: true });
      });
    },
    watch(pid) {
      before.set(pid, use(pid) ?? { used: 0, waited: 0, isBusy: false });
    },
  };
}

/** On Windows the load is always 0. */
function shareByLoad(): number {
  const [load = 0] = loadavg();
  return Math.min(1, availableParallelism() / Math.max(load, 1));
}

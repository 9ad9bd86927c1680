import type { EncodedBatch } from '@spoor/wire';
import type { SamplingProvider } from '../sampling-provider.ts';
import { type AdaptiveParts, AdaptiveSampling } from './adaptive-sampling.ts';

/** How often those who do not lead take over what the leader calculated: Jaeger's own. */
const FOLLOW_MS = 20_000;

/** The store may be away when the collector ends, and must not hold it up. */
const GIVE_BACK_WITHIN_MS = 500;

export interface RunningAdaptiveSampling extends SamplingProvider {
  /** To be told each batch that was stored. */
  count(batch: EncodedBatch): void;
}

/** Starts the clocks of adaptive sampling. A store that is away is told once, and tried again each time. */
export function startAdaptiveSampling(parts: AdaptiveParts): RunningAdaptiveSampling {
  const { options, logger } = parts;
  const sampling = new AdaptiveSampling(parts);
  const { lease } = sampling;
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;
  let complaint = '';

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      complaint = '';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (closed || reason === complaint) return;
      complaint = reason;
      logger.warn({ reason }, 'adaptive sampling cannot reach its store, the last shares stay');
    }
  }

  /** Runs `work` again and again; `pause` in milliseconds is asked for each time. */
  async function repeat(work: () => Promise<void>, pause: () => number, runsAtOnce: boolean) {
    if (runsAtOnce) await attempt(work);
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void repeat(work, pause, true);
    }, pause());
    timers.add(timer);
  }

  async function elect(): Promise<void> {
    const led = lease.isHeld;
    await lease.renew();
    if (lease.isHeld !== led) {
      logger.info({ leads: lease.isHeld }, 'who calculates the sampling shares has changed');
    }
  }

  async function step(): Promise<void> {
    await sampling.tell();
    if (lease.isHeld) await sampling.calculate();
  }

  async function follow(): Promise<void> {
    if (!lease.isHeld) await sampling.load();
  }

  const { leaderLeaseRefreshMs, followerLeaseRefreshMs, calculationIntervalMs } = options;
  void repeat(elect, () => (lease.isHeld ? leaderLeaseRefreshMs : followerLeaseRefreshMs), true);
  void repeat(step, () => calculationIntervalMs, false);
  // What was calculated before this collector was there counts at once, also for who will lead.
  void attempt(() => sampling.load());
  void repeat(follow, () => Math.min(FOLLOW_MS, calculationIntervalMs), false);

  return {
    count: (batch) => sampling.count(batch),
    strategyOf: (service) => sampling.strategyOf(service),
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await within(
        GIVE_BACK_WITHIN_MS,
        attempt(() => sampling.close()),
      );
    },
  };
}

/** Waits for `work`, but not longer than that. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

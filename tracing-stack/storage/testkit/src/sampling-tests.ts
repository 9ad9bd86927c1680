import type { OperationProbability, SamplingStore, Throughput } from '@spoor/storage-api';
import { afterEach, describe, expect, it } from 'vitest';
import type { KitRun } from './kit-run.ts';

const MINUTE = 60_000_000;
/** 2024. */
const NOW = 1_700_000_000_000_000;

function throughput(minutes: number, collector = 'a', sampled = 1): Throughput {
  const operation = { service: 'shop', operation: 'GET /路径', sampled, estimated: sampled / 0.1 };
  return { collector, time: NOW + minutes * MINUTE, duration: MINUTE, operations: [operation] };
}

const probability = (value: number, operation = 'pay'): OperationProbability => ({
  service: 'shop',
  operation,
  probability: value,
  isRising: value < 0.5,
});

const lease = (holder: string, minutes: number, name = 'leader') => ({
  name,
  holder,
  until: NOW + minutes * MINUTE,
});

/** For stores that have a `sampling`. */
export function describeSampling(run: KitRun): void {
  describe('sampling', () => {
    afterEach(() => run.stop());

    async function start(): Promise<SamplingStore> {
      await run.start();
      return run.kit.store.sampling ?? expect.fail('the store has no sampling');
    }

    it('12: throughput is given by its time: the end included, the beginning not, oldest first', async () => {
      const sampling = await start();
      expect(await sampling.throughput(0, NOW + 9 * MINUTE)).toEqual([]);
      for (const minutes of [3, 1, 2]) await sampling.addThroughput(throughput(minutes), 0);
      await sampling.addThroughput(throughput(2, 'b'), 0);
      const found = await sampling.throughput(NOW + MINUTE, NOW + 3 * MINUTE);
      expect(found).toHaveLength(3);
      expect(found).toEqual(
        expect.arrayContaining([throughput(2), throughput(2, 'b'), throughput(3)]),
      );
      expect(found.map(({ time }) => time)).toEqual(found.map(({ time }) => time).sort());
      expect(await sampling.throughput(NOW + 3 * MINUTE, NOW + 9 * MINUTE)).toEqual([]);
    });

    it('11: what is added again for a time of a collector replaces what was there', async () => {
      const sampling = await start();
      await sampling.addThroughput(throughput(1, 'a', 1), 0);
      await sampling.addThroughput(throughput(1, 'a', 2), 0);
      expect(await sampling.throughput(0, NOW + MINUTE)).toEqual([throughput(1, 'a', 2)]);
    });

    it('11: throughput from `keepFrom` on stays; a collector that saw nothing says so', async () => {
      const sampling = await start();
      const idle = { ...throughput(3), operations: [] };
      for (const minutes of [1, 2]) await sampling.addThroughput(throughput(minutes), 0);
      await sampling.addThroughput(idle, NOW + 2 * MINUTE);
      const found = await sampling.throughput(NOW + MINUTE, NOW + 9 * MINUTE);
      expect(found).toEqual([throughput(2), idle]);
    });

    it('13: probabilities are those saved last, whole', async () => {
      const sampling = await start();
      expect(await sampling.probabilities()).toEqual([]);
      await sampling.saveProbabilities([probability(0.1), probability(1, 'GET /路径')]);
      await sampling.saveProbabilities([probability(1e-5, 'other')]);
      expect(await sampling.probabilities()).toEqual([probability(1e-5, 'other')]);
      const many = Array.from({ length: 3000 }, (_, i) => probability(i / 3000, `operation-${i}`));
      await sampling.saveProbabilities(many);
      expect(await sampling.probabilities()).toEqual(many);
    });

    it('14: of many who ask for a lease at once, one has it', async () => {
      const sampling = await start();
      const holders = Array.from({ length: 20 }, (_, i) => `collector-${i}`);
      const given = await Promise.all(
        holders.map((holder) => sampling.takeLease(lease(holder, 1), NOW)),
      );
      expect(given.filter((isGiven) => isGiven)).toHaveLength(1);
    });

    it('14: who has a lease keeps it by asking again; once its time is up, anybody gets it', async () => {
      const sampling = await start();
      const at = (minutes: number) => NOW + minutes * MINUTE;
      expect(await sampling.takeLease(lease('a', 1), at(0))).toBe(true);
      expect(await sampling.takeLease(lease('b', 2), at(0.9))).toBe(false);
      expect(await sampling.takeLease(lease('b', 2, 'another'), at(0.9))).toBe(true);
      expect(await sampling.takeLease(lease('a', 2), at(0.9))).toBe(true);
      expect(await sampling.takeLease(lease('b', 3), at(1.5))).toBe(false);
      expect(await sampling.takeLease(lease('b', 3), at(2))).toBe(true);
      expect(await sampling.takeLease(lease('a', 4), at(2.5))).toBe(false);
    });

    it('14: a lease that is given back is free', async () => {
      const sampling = await start();
      expect(await sampling.takeLease(lease('a', 9), NOW)).toBe(true);
      expect(await sampling.takeLease(lease('a', 0), NOW)).toBe(true);
      expect(await sampling.takeLease(lease('b', 9), NOW)).toBe(true);
    });

    run.itWith('reopen', '11, 13, 14: all of it is there after the store was closed', async () => {
      const sampling = await start();
      await sampling.addThroughput(throughput(1), 0);
      await sampling.saveProbabilities([probability(0.1)]);
      await sampling.takeLease(lease('a', 9), NOW);
      const store = (await run.kit.reopen?.()) ?? expect.fail('no reopen');
      const again = store.sampling ?? expect.fail('the store has no sampling any more');
      expect(await again.throughput(0, NOW + MINUTE)).toEqual([throughput(1)]);
      expect(await again.probabilities()).toEqual([probability(0.1)]);
      expect(await again.takeLease(lease('b', 9), NOW)).toBe(false);
    });

    it('refuses what comes after the store was closed', async () => {
      const sampling = await start();
      await run.kit.store.close();
      const closed = expect.objectContaining({ code: 'closed' });
      const asked: (() => Promise<unknown>)[] = [
        () => sampling.probabilities(),
        () => sampling.addThroughput(throughput(1), 0),
        () => sampling.takeLease(lease('a', 1), NOW),
      ];
      for (const ask of asked) {
        await expect((async () => ask())()).rejects.toEqual(closed);
      }
    });
  });
}

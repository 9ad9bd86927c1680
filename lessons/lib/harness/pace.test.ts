import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CpuUse } from './cpu-use.ts';
import { openPace, type PaceOptions } from './pace.ts';

const IDLE: CpuUse = { used: 10, waited: 5, isBusy: false };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How old a program is, by the pace, after 10 seconds in which `use` was had of the processors. */
async function aged(use: (seconds: number) => CpuUse | undefined, options: PaceOptions = {}) {
  const began = performance.now();
  const clock = () => performance.now();
  const seconds = () => (clock() - began) / 1000;
  const pace = openPace({ clock, use: () => use(seconds()), ...options });
  pace.watch(1);
  void pace.after(100_000);
  await vi.advanceTimersByTimeAsync(10_000);
  return Math.round(pace.now() / 1000);
}

test.each<[string, (seconds: number) => CpuUse, number]>([
  ['does nothing', () => IDLE, 10],
  [
    'works all the time, alone on the machine',
    (s) => ({ used: s * 1000, waited: 0, isBusy: true }),
    10,
  ],
  ['works on several threads', (s) => ({ used: s * 3000, waited: 0, isBusy: true }), 10],
  ['gets a tenth of a processor', (s) => ({ used: s * 100, waited: s * 900, isBusy: true }), 1],
  ['waits for a processor, which is not counted yet', () => ({ ...IDLE, isBusy: true }), 0],
  ['works a little now and then', (s) => ({ used: s * 10, waited: s * 20, isBusy: false }), 10],
])('a program that %s', async (_what, use, seconds) => {
  expect(await aged(use)).toBe(seconds);
});

test('where nothing tells of a program alone, the load of the machine is its share', async () => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
  expect(await aged(() => undefined, { share: () => 0.2 })).toBe(2);
});

test('what this process itself slept through does not count', async () => {
  let now = 0;
  const pace = openPace({ clock: () => now });
  void pace.after(100_000);
  now = 60_000;
  await vi.advanceTimersByTimeAsync(50);
  expect(pace.now()).toBe(100);
});

test('a wait ends with its signal', async () => {
  const pace = openPace();
  const over = new AbortController();
  const waited = pace.after(100_000, over.signal);
  over.abort();
  await waited;
  await pace.after(100_000, over.signal);
});

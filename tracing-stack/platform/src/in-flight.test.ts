import { expect, it } from 'vitest';
import { InFlight } from './in-flight.ts';

it('no more than so many run at once, each in its turn, failures too', async () => {
  const inFlight = new InFlight(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const ended = await Promise.allSettled(
    Array.from({ length: 9 }, (_, i) =>
      inFlight.run(async () => {
        started.push(i);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        if (i % 3 === 0) throw new Error(`${i}`);
        return i;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(await inFlight.run(async () => 'free')).toBe('free');
});

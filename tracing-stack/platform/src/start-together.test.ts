import { describe, expect, test } from 'vitest';
import { startTogether } from './start-together.ts';

function recorder() {
  const closed: string[] = [];
  const part = (name: string, failure?: Error) => ({
    name,
    async close() {
      closed.push(name);
      if (failure) throw failure;
    },
  });
  return { closed, part };
}

describe('parts that start together', () => {
  test('close once, in the reverse order', async () => {
    const { closed, part } = recorder();
    const running = await startTogether(async (own) => {
      own(part('store'));
      return { name: own(part('agent')).name };
    });
    expect(running.name).toBe('agent');
    await Promise.all([running.close(), running.close()]);
    expect(closed).toEqual(['agent', 'store']);
  });

  test('close at once if a later one cannot start', async () => {
    const { closed, part } = recorder();
    const failure = new Error('held');
    const starting = startTogether(async (own) => {
      own(part('store'));
      own(part('collector', new Error('cannot close either')));
      throw failure;
    });
    await expect(starting).rejects.toBe(failure);
    expect(closed).toEqual(['collector', 'store']);
  });

  test('all close although one fails to, and its error is told', async () => {
    const { closed, part } = recorder();
    const failure = new Error('stuck');
    const running = await startTogether(async (own) => {
      own(part('store'));
      own(part('agent', failure));
      return {};
    });
    await expect(running.close()).rejects.toBe(failure);
    expect(closed).toEqual(['agent', 'store']);
  });
});

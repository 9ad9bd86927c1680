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
      own(part('collector'));
      throw failure;
    });
    await expect(starting).rejects.toBe(failure);
    expect(closed).toEqual(['collector', 'store']);
  });

  test('and if one cannot close either, that is told, too', async () => {
    const { closed, part } = recorder();
    const [failure, stuck] = [new Error('held'), new Error('cannot close either')];
    const starting = startTogether(async (own) => {
      own(part('store'));
      own(part('collector', stuck));
      throw failure;
    });
    await expect(starting).rejects.toMatchObject({ message: 'held', errors: [failure, stuck] });
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

  test('of several errors, all are told', async () => {
    const { part } = recorder();
    const failures = ['store', 'agent'].map((name) => new Error(name));
    const running = await startTogether(async (own) => {
      for (const failure of failures) own(part(failure.message, failure));
      return {};
    });
    await expect(running.close()).rejects.toMatchObject({ errors: failures.reverse() });
  });

  test('are given one deadline', async () => {
    const given: unknown[] = [];
    const part = {
      async close(deadline?: AbortSignal) {
        given.push(deadline);
      },
    };
    const running = await startTogether(async (own) => {
      own(part);
      own(part);
      return {};
    });
    const deadline = AbortSignal.timeout(1000);
    await running.close(deadline);
    expect(given).toEqual([deadline, deadline]);
  });
});

import { expect, test } from 'vitest';
import { HealthState } from './health.ts';

const NOT_AVAILABLE = {
  status: 'Server not available',
  upSince: '0001-01-01T00:00:00Z',
  uptime: '',
};

test('health goes from starting to available, away with a failing check, and back', async () => {
  let now = Date.UTC(2026, 10, 22, 18, 0, 0);
  let fault: string | undefined;
  const health = new HealthState(
    () => {
      if (fault !== undefined) throw new Error(fault);
    },
    () => now,
  );
  expect(await health.read()).toEqual({ ...NOT_AVAILABLE, reason: 'starting' });

  health.ready();
  now += 2510;
  expect(await health.read()).toEqual({
    status: 'Server available',
    upSince: '2026-11-22T18:00:00.000Z',
    uptime: '2.51s',
  });

  fault = '[embedded] the disk is full';
  expect(await health.read()).toEqual({ ...NOT_AVAILABLE, reason: fault });

  fault = undefined;
  now += 90_000;
  expect(await health.read()).toEqual({
    status: 'Server available',
    upSince: '2026-11-22T18:01:32.510Z',
    uptime: '0s',
  });
});

test('a check that rejects counts as one that throws', async () => {
  const health = new HealthState(() => Promise.reject(new Error('away')));
  health.ready();
  expect(await health.read()).toEqual({ ...NOT_AVAILABLE, reason: 'away' });
});

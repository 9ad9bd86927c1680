import { expect, test } from 'vitest';
import { COLLECTOR_WITHIN_MS, REMOTE_WRITE_WITHIN_MS, WRITE_WITHIN_MS } from './deadlines.ts';

test('each waits longer than whom it asks may take', () => {
  const [store, remote, collector] = [WRITE_WITHIN_MS, REMOTE_WRITE_WITHIN_MS, COLLECTOR_WITHIN_MS];
  expect([store, remote, collector].toSorted((a, b) => a - b)).toEqual([store, remote, collector]);
  expect(new Set([store, remote, collector]).size).toBe(3);
});

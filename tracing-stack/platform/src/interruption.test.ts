import { afterEach, expect, test, vi } from 'vitest';
import { type Interruption, onInterruption } from './interruption.ts';

let interruption: Interruption | undefined;
afterEach(() => interruption?.release());

test('the first signal asks for an end; its echo by npm is not a second press', async () => {
  const force = vi.fn();
  let now = 1000;
  interruption = onInterruption(force, process, () => now);
  process.emit('SIGINT', 'SIGINT');
  expect(await interruption.interrupted).toBe('SIGINT');
  now += 50;
  process.emit('SIGINT', 'SIGINT');
  expect(force).not.toHaveBeenCalled();
  now += 1500;
  process.emit('SIGINT', 'SIGINT');
  expect(force).toHaveBeenCalledOnce();
});

test.each(['SIGTERM', 'SIGHUP'] as const)('%s asks for an end, too', async (signal) => {
  interruption = onInterruption(() => {});
  process.emit(signal, signal);
  expect(await interruption.interrupted).toBe(signal);
});

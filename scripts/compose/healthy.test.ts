import { expect, test } from 'vitest';
import { ComposeError } from './engine.ts';
import { type ContainerState, untilHealthy } from './healthy.ts';

const HEALTHY: ContainerState = {
  name: 'agent',
  status: 'running',
  health: 'healthy',
  exitCode: 0,
  restarts: 0,
};
const STARTING = { ...HEALTHY, health: 'starting' };

/** Waits for containers that are found so, look after look, and stay as they were last. */
function wait(looks: ContainerState[][], withinMs = 30_000): Promise<void> {
  let looked = 0;
  return untilHealthy(
    async () => looks[Math.min(looked++, looks.length - 1)] ?? [],
    ({ exitCode }) => `exit code ${exitCode}`,
    { withinMs, lookEveryMs: 1 },
  );
}

test('it ends once every container is healthy', async () => {
  const query = { ...STARTING, name: 'query' };
  const all = { ...query, health: 'healthy' };
  await wait([[], [STARTING, query], [HEALTHY, query], [HEALTHY, all]]);
});

test('restarts of other days count for nothing', async () => {
  await wait([[{ ...STARTING, restarts: 7 }], [{ ...STARTING, restarts: 9 }], [HEALTHY]]);
});

test.each<[string, ContainerState[][], RegExp]>([
  [
    'starts again and again',
    [[{ ...STARTING, restarts: 7 }], [{ ...STARTING, restarts: 10, exitCode: 1 }]],
    /^agent does not run: exit code 1$/,
  ],
  [
    'has ended',
    [[{ ...HEALTHY, status: 'exited', exitCode: 3 }]],
    /^agent does not run: exit code 3$/,
  ],
])('a container that %s is named at once', async (_, looks, line) => {
  const waited = wait(looks);
  await expect(waited).rejects.toThrow(ComposeError);
  await expect(waited).rejects.toThrow(line);
});

test('a container that does not become healthy in time is named', async () => {
  await expect(wait([[STARTING]], 0)).rejects.toThrow(
    /^not healthy within 0 s: agent \(starting\)$/,
  );
});

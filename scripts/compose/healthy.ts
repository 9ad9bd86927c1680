import { setTimeout as delay } from 'node:timers/promises';
import { ComposeError } from './engine.ts';

/** One container, as `docker inspect` tells of it. */
export interface ContainerState {
  readonly name: string;
  readonly status: string;
  readonly health: string;
  readonly exitCode: number;
  /** Since the container was made. */
  readonly restarts: number;
}

export interface Wait {
  readonly withinMs: number;
  readonly lookEveryMs: number;
}

/** Started so often anew while it is waited for, a program is not coming up. */
const GIVE_UP_AFTER_RESTARTS = 3;

/**
 * Looks until every container is healthy. Throws a `ComposeError` that names one that is not, with its `lastWords` if it
 * does not run.
 */
export async function untilHealthy(
  look: () => Promise<readonly ContainerState[]>,
  lastWords: (container: ContainerState) => string,
  { withinMs, lookEveryMs }: Wait,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  const restartsBefore = new Map<string, number>();
  for (;;) {
    const containers = await look();
    for (const { name, restarts } of containers)
      if (!restartsBefore.has(name)) restartsBefore.set(name, restarts);
    const failed = containers.find((each) => isFailed(each, restartsBefore.get(each.name) ?? 0));
    if (failed) throw new ComposeError(`${failed.name} does not run: ${lastWords(failed)}`);
    const waiting = containers.filter(({ health }) => health !== 'healthy');
    if (containers.length > 0 && waiting.length === 0) return;
    if (Date.now() > deadline) {
      const names = waiting.map(({ name, health }) => `${name} (${health})`).join(', ');
      throw new ComposeError(`not healthy within ${withinMs / 1000} s: ${names}`);
    }
    await delay(lookEveryMs);
  }
}

function isFailed({ status, restarts, health }: ContainerState, restartsBefore: number): boolean {
  if (status === 'exited' || status === 'dead') return true;
  return restarts - restartsBefore >= GIVE_UP_AFTER_RESTARTS && health !== 'healthy';
}

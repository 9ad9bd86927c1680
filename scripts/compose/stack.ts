import { setTimeout as delay } from 'node:timers/promises';
import {
  downAll,
  type IDockerComposeOptions,
  type IDockerComposeResult,
  ps,
  upAll,
} from 'docker-compose';
import { ComposeError, lastLine, type Run, run } from './engine.ts';

/** The profiles of docker-compose.yml. */
export const PROFILES = ['elasticsearch', 'cassandra'];

export interface UpOptions {
  readonly profiles: readonly string[];
  /** `SERVICE=NUMBER` */
  readonly scales: readonly string[];
  /** Builds the image anew if what it is made of has changed. */
  readonly build: boolean;
  readonly withinMs: number;
}

/** One container, as `docker inspect` tells of it. */
export interface ContainerState {
  readonly name: string;
  readonly status: string;
  readonly health: string;
  readonly exitCode: number;
  readonly restarts: number;
}

const LOOK_EVERY_MS = 500;
/** Started so often anew, a program is not coming up. */
const GIVE_UP_AFTER_RESTARTS = 3;

/** Brings the containers up, and waits until every one is healthy. Throws a `ComposeError` that names one that is not. */
export async function up(compose: IDockerComposeOptions, options: UpOptions): Promise<void> {
  const { profiles, scales, build, withinMs } = options;
  await finished(
    upAll({
      ...compose,
      log: true,
      composeOptions: profiles.map((profile) => ['--profile', profile]),
      commandOptions: [
        ...(build ? ['--build'] : []),
        ...scales.map((scale): string[] => ['--scale', scale]),
      ],
    }),
  );
  const deadline = Date.now() + withinMs;
  for (;;) {
    const containers = await states(compose, profiles);
    const failed = containers.find(isFailed);
    if (failed) throw new ComposeError(`${failed.name} does not run: ${lastWords(failed)}`);
    const waiting = containers.filter(({ health }) => health !== 'healthy');
    if (containers.length > 0 && waiting.length === 0) return;
    if (Date.now() > deadline) {
      const names = waiting.map(({ name, health }) => `${name} (${health})`).join(', ');
      throw new ComposeError(`not healthy within ${withinMs / 1000} s: ${names}`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** Takes the containers down and waits until they are gone. The volume with the spans stays unless asked for. */
export async function down(compose: IDockerComposeOptions, volumes: boolean): Promise<void> {
  await finished(
    downAll({
      ...compose,
      log: true,
      composeOptions: PROFILES.map((profile) => ['--profile', profile]),
      commandOptions: ['--remove-orphans', ...(volumes ? ['--volumes'] : [])],
    }),
  );
  const left = await states(compose, PROFILES);
  if (left.length > 0)
    throw new ComposeError(`still there: ${left.map(({ name }) => name).join(', ')}`);
}

/** Of every container of the project. */
export async function states(
  compose: IDockerComposeOptions,
  profiles: readonly string[],
  ask: Run = run,
): Promise<ContainerState[]> {
  const { data } = await finished(
    ps({
      ...compose,
      composeOptions: profiles.map((profile) => ['--profile', profile]),
      commandOptions: ['--all', '--quiet'],
    }),
  );
  const ids = data.services.map(({ name }) => name);
  if (ids.length === 0) return [];
  const { status, out } = ask('docker', 'inspect', ...ids);
  // One that was removed between the two questions.
  if (status !== 0) return states(compose, profiles, ask);
  return (JSON.parse(out) as Inspected[]).map(({ Name, State, RestartCount }) => ({
    name: Name.replace(/^\//, ''),
    status: State.Status,
    health: State.Health?.Status ?? 'none',
    exitCode: State.ExitCode,
    restarts: RestartCount,
  }));
}

interface Inspected {
  readonly Name: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
}

function isFailed({ status, restarts, health }: ContainerState): boolean {
  if (status === 'exited' || status === 'dead') return true;
  return restarts >= GIVE_UP_AFTER_RESTARTS && health !== 'healthy';
}

function lastWords({ name, exitCode }: ContainerState): string {
  const { out, err } = run('docker', 'logs', '--tail', '5', name);
  return lastLine(err) || lastLine(out) || `exit code ${exitCode}`;
}

/** Compose has said on standard error what was wrong; the last line of it is the reason. */
async function finished<Result extends IDockerComposeResult>(
  result: Promise<Result>,
): Promise<Result> {
  try {
    return await result;
  } catch (cause) {
    if (cause instanceof Error) throw cause;
    const { exitCode, err } = cause as IDockerComposeResult;
    throw new ComposeError(`docker compose ended with ${exitCode}: ${lastLine(err)}`, { cause });
  }
}

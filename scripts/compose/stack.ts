import {
  configServices,
  downAll,
  type IDockerComposeOptions,
  type IDockerComposeResult,
  ps,
  upAll,
} from 'docker-compose';
import { ComposeError, lastLine, type Run, run } from './engine.ts';
import { type ContainerState, untilHealthy } from './healthy.ts';
import { refuseUnknown } from './known-names.ts';

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

const LOOK_EVERY_MS = 500;

/** Brings the containers up, and waits until every one is healthy. Throws a `ComposeError` that names one that is not. */
export async function up(compose: IDockerComposeOptions, options: UpOptions): Promise<void> {
  const { profiles, scales, build, withinMs } = options;
  const composeOptions = profiles.map((profile) => ['--profile', profile]);
  refuseUnknown('profile', profiles, PROFILES);
  const { data } = await finished(configServices({ ...compose, composeOptions }));
  const scaled = scales.map((scale) => scale.replace(/=.*$/, ''));
  refuseUnknown('service', scaled, data.services);
  await finished(
    upAll({
      ...compose,
      log: true,
      composeOptions,
      commandOptions: [
        ...(build ? ['--build'] : []),
        ...scales.map((scale): string[] => ['--scale', scale]),
      ],
    }),
  );
  await untilHealthy(() => states(compose, profiles), lastWords, {
    withinMs,
    lookEveryMs: LOOK_EVERY_MS,
  });
}

/** Takes the containers down and waits until they are gone. The volumes go, too, if asked for. */
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

function lastWords({ name, exitCode }: ContainerState): string {
  const { out, err } = run('docker', 'logs', '--tail', '5', name);
  return lastLine(err) || lastLine(out) || `exit code ${exitCode}`;
}

/** What to do about a port that somebody has, where that is why Compose ended: it names the port far above its last line. */
export function heldPort(err: string): string | undefined {
  const [, port] = /127\.0\.0\.1:(\d+).*address already in use/.exec(err) ?? [];
  if (port === undefined) return undefined;
  const other = `SPOOR_PORT_${port}=N opens it elsewhere (docs/deploy.md)`;
  return `port ${port} is held by another program; ${other}, npm run down ends what has started`;
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
    const text = heldPort(err) ?? `docker compose ended with ${exitCode}: ${lastLine(err)}`;
    throw new ComposeError(text, { cause });
  }
}

import { spawnSync } from 'node:child_process';
import type { IDockerComposeExecutableOptions } from 'docker-compose';

/** Why there is no going on, in one line for whoever typed the command. */
export class ComposeError extends Error {
  override readonly name = 'ComposeError';
}

/** How a command ended; its status is undefined where there is no such program. */
export interface Ran {
  readonly status: number | undefined;
  readonly out: string;
  readonly err: string;
}

export type Run = (command: string, ...args: string[]) => Ran;

export const run: Run = (command, ...args) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT')
    return { status: undefined, out: '', err: '' };
  return { status: status ?? 1, out: stdout ?? '', err: stderr ?? error?.message ?? '' };
};

/** Which Compose there is: version 2 as `docker compose`, else 1.29 as `docker-compose`. Throws unless an engine answers. */
export function findCompose(ask: Run = run): IDockerComposeExecutableOptions {
  const engine = ask('docker', 'version', '--format', '{{.Server.Version}}');
  if (engine.status === undefined)
    throw new ComposeError('docker is not installed: see https://docs.docker.com/get-docker/');
  if (engine.status !== 0)
    throw new ComposeError(`no docker engine answers, start Docker first: ${lastLine(engine.err)}`);
  if (ask('docker', 'compose', 'version').status === 0) return { executablePath: 'docker' };
  if (ask('docker-compose', 'version').status === 0) return { standalone: true };
  throw new ComposeError('neither `docker compose` nor `docker-compose` is installed');
}

/** Where a program says why it ended. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Says to a program that it runs in a network of its own already. */
const INSIDE_VARIABLE = 'SPOOR_VERIFY_INSIDE';
const UNSHARE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'] as const;

/** Whether this program is the one that runs in the network of its own. */
export function isInside(env: NodeJS.ProcessEnv = process.env): boolean {
  return env[INSIDE_VARIABLE] !== undefined;
}

/** Whether this machine gives us a network of our own, in which every port is free. */
export function canOpen(): boolean {
  return spawnSync('unshare', [...UNSHARE, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Runs this same command in a network of its own, and gives its exit code. */
export async function runInside(argv: readonly string[] = process.argv): Promise<number> {
  const [, script = '', ...rest] = argv;
  const command = [process.execPath, ...process.execArgv, script, ...rest];
  const child = spawn('unshare', [...UNSHARE, ...command], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE_VARIABLE]: '1' },
  });
  const pass = (signal: NodeJS.Signals) => () => void child.kill(signal);
  process.on('SIGINT', pass('SIGINT')).on('SIGTERM', pass('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

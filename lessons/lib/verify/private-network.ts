import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

const UNSHARE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'] as const;

/** Whether this machine gives us networks of our own, in which every port is free. */
export function canOpen(): boolean {
  return spawnSync('unshare', [...UNSHARE, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Runs a module in a network of its own. It may `process.send` to us. */
export function forkInside(module: string, args: readonly string[]): ChildProcess {
  const command = [process.execPath, ...process.execArgv, module, ...args];
  return spawn('unshare', [...UNSHARE, ...command], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

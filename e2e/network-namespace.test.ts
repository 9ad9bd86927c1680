import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { kill } from 'node:process';
import { createInterface } from 'node:readline';
import { describe, expect, test, vi } from 'vitest';
import { CHECKOUT, NetworkNamespace, whyNoNamespaces } from './network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: what ends with a network namespace (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

/** A shell that starts its program anew whenever that ends, as supervisord does. */
const WATCHER = ['sh', '-c', 'while true; do sleep 1000; done'];

const runs = (pid: number): boolean => {
  try {
    return kill(pid, 0);
  } catch {
    return false;
  }
};

describe.skipIf(skip)('a network namespace', () => {
  test('has nothing in it; ends with all that runs in it, and is gone when asked again', async () => {
    const namespace = await NetworkNamespace.open();
    expect(await namespace.processes()).toEqual(new Map());
    const watcher = namespace.run(WATCHER);
    await vi.waitFor(async () => expect(await namespace.pidOf(/^sleep/)).toBeGreaterThan(0), {
      timeout: 20_000,
    });
    await namespace[Symbol.asyncDispose]();
    expect(await watcher.ended).toBeNull();
    await namespace[Symbol.asyncDispose]();
  });

  test('ends also when whoever opened it was killed', async () => {
    const source = `
      import { NetworkNamespace } from './e2e/network-namespace.ts';
      const namespace = await NetworkNamespace.open();
      namespace.run(${JSON.stringify(WATCHER)});
      let pids;
      while (!/sleep/.test([...(pids = await namespace.processes()).values()].join())) {}
      console.log(JSON.stringify([...pids.keys()]));`;
    const opener = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', source],
      { cwd: CHECKOUT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(createInterface({ input: opener.stdout }), 'line')) as [string];
    const pids = JSON.parse(line) as number[];
    expect(pids.filter(runs)).toEqual(pids);
    opener.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(runs)).toEqual([]), { timeout: 20_000 });
  });
});

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHECKOUT, NetworkNamespace, whyNoNamespaces } from '../network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: engine-up.sh and engine-down.sh (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

const FORWARD = '/proc/sys/net/ipv4/ip_forward';

let folder: string;
let namespace: NetworkNamespace;
let env: Readonly<Record<string, string>>;
/** An engine that forwards, as docker's does, and then does not come up. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-engine-'));
  namespace = await NetworkNamespace.open();
  const programs = join(folder, 'bin');
  await mkdir(programs);
  for (const [name, source] of Object.entries({
    docker: 'exit 1',
    dockerd: `echo 1 >${FORWARD}; exit 1`,
    iptables: 'exit 1',
  })) {
    await writeFile(join(programs, name), `#!/bin/sh\n${source}\n`);
    await chmod(join(programs, name), 0o755);
  }
  env = {
    DOCKER_ENGINE_STATE: join(folder, 'state'),
    PATH: `${programs}${delimiter}${process.env['PATH']}`,
  };
});
afterEach(async () => {
  await namespace[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function run(...command: string[]) {
  const program = namespace.run(command, env);
  return { code: await program.ended, output: program.output() };
}
const script = (name: string) => run(join(CHECKOUT, 'e2e/docker', name));

describe.skipIf(skip)('an engine that does not come up, twice', () => {
  test.each(['0', '1'])('leaves the host’s forwarding as it was: %s', async (before) => {
    await run('sh', '-c', `echo ${before} >${FORWARD}`);
    for (let i = 0; i < 2; i++)
      expect(await script('engine-up.sh')).toEqual({
        code: 1,
        output: expect.stringContaining('dockerd did not come up'),
      });
    expect(await script('engine-down.sh')).toEqual({ code: 0, output: '' });
    expect(await run('cat', FORWARD)).toEqual({ code: 0, output: `${before}\n` });
  });
});

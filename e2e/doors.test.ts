import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { captures } from '@spoor/fixtures';
import { expect, test, vi } from 'vitest';
import { startAllInOne } from './fuzz/stack.ts';
import { CHECKOUT } from './network-namespace.ts';

const run = promisify(execFile);

async function doors(...args: string[]): Promise<string> {
  const main = join(CHECKOUT, 'scripts', 'doors', 'main.ts');
  return (await run(process.execPath, ['--import', 'tsx', main, ...args])).stdout;
}

test('npm run doors says which service came by which door, with which client', {
  timeout: 120_000,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-doors-'));
  try {
    await using stack = await startAllInOne(directory);
    const port = (name: string) => stack.portOf({ port: name } as never);
    const admin = `http://127.0.0.1:${port('collectorAdmin')}`;
    expect(await doors(admin)).toMatch(/^Nobody has come/);

    const [datagram] = captures(6831).filter(({ name }) => name.startsWith('go-seed-inner-udp/'));
    const socket = createSocket('udp4');
    socket.send(datagram?.bytes ?? new Uint8Array(), port('agentCompact'), '127.0.0.1');
    const [posted] = captures(14268).filter(({ name }) => name.startsWith('node-'));
    const [zipkin] = captures(9411).filter(({ name }) => name.startsWith('zipkinjs-v2/'));
    const post = (url: string, type: string, body?: Uint8Array) =>
      fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': type, 'User-Agent': 'zipkin-js/0.22' },
        body: Buffer.from(body ?? new Uint8Array()),
      });
    const at = (name: string) => `http://127.0.0.1:${port(name)}`;
    await post(`${at('collectorHttp')}/api/traces`, 'application/x-thrift', posted?.bytes);
    await post(`${at('collectorZipkin')}/api/v2/spans`, 'application/json', zipkin?.bytes);

    const uses = await vi.waitUntil(
      async () => {
        const list = JSON.parse(await doors('--json', '--old', admin)) as Record<string, string>[];
        return list.length === 3 && list;
      },
      { timeout: 60_000, interval: 500 },
    );
    socket.close();
    const byDoor = (start: string) => uses.find(({ door }) => door?.startsWith(start));
    expect(byDoor('UDP')).toMatchObject({ client: expect.stringMatching(/^jaeger Go-2/) });
    expect(byDoor(`HTTP ${port('collectorHttp')}`)).toMatchObject({
      client: expect.stringMatching(/^jaeger Node-/),
    });
    expect(byDoor(`HTTP ${port('collectorZipkin')}`)).toMatchObject({ client: 'zipkin-js/0.22' });
    const [head, ...lines] = (await doors(admin)).trimEnd().split('\n');
    expect(head).toMatch(/^service +door +client +spans +last seen$/);
    expect(lines).toHaveLength(3);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

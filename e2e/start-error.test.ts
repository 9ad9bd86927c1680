import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHECKOUT } from './network-namespace.ts';

const FREE = '127.0.0.1:0';
/** Every port of the program but the one in question. */
const PORTS = {
  agent: [
    ...['compact', 'binary'].map((name) => `--processor.jaeger-${name}.server-host-port=${FREE}`),
    `--processor.zipkin-compact.server-host-port=${FREE}`,
  ],
  collector: [
    ...['grpc-server', 'http-server', 'otlp.grpc'].map(
      (at) => `--collector.${at}.host-port=${FREE}`,
    ),
    '--collector.port=0',
  ],
  query: [`--query.http-server.host-port=${FREE}`],
  'remote-storage': [`--grpc.host-port=${FREE}`],
} as const;
const MEMORY = '--span-storage.type=memory';

let directory: string;
let holder: Server;
let held: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-start-'));
  await writeFile(join(directory, 'file'), '');
  holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  held = `127.0.0.1:${(holder.address() as AddressInfo).port}`;
});
afterAll(async () => {
  holder.close();
  await rm(directory, { recursive: true });
});

/** Runs a program that is to end by itself. */
async function ended(name: string, flags: readonly string[]) {
  const main = join(CHECKOUT, 'tracing-stack', name, 'src/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], { cwd: CHECKOUT });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

const portHeld = (flag: string) => ({
  flags: () => [`--${flag}=${held}`],
  why: `cannot bind 127\\.0\\.0\\.1:\\d+: already in use by .*--${flag.replaceAll('.', '\\.')}`,
});
const noFolder = (flag: string) => ({
  flags: () => [`--${flag}=${join(directory, 'file', 'data')}`],
  why: '.*file/data.*ENOTDIR',
});

test.each([
  ['agent', portHeld('http-server.host-port'), ['--reporter.queue.disk-bytes=0']],
  ['agent', noFolder('reporter.queue.directory'), []],
  ['collector', portHeld('collector.otlp.http.host-port'), [MEMORY]],
  ['query', portHeld('query.grpc-server.host-port'), [MEMORY]],
  ['remote-storage', noFolder('embedded.directory'), []],
] as const)(
  '%s that cannot start says why in one line, and nothing else',
  async (name, cause, more) => {
    const admin = `--admin.http.host-port=${FREE}`;
    const flags = [...PORTS[name], admin, ...more, ...cause.flags()];
    expect(await ended(name, flags)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(new RegExp(`^\\[\\w+(-\\w+)*\\] ${cause.why}.*\\n$`)),
    });
  },
);

test('all-in-one that cannot start says why in one line, and nothing else', async () => {
  const admins = ['', 'agent.', 'query.'].map((of) => `--${of}admin.http.host-port=${FREE}`);
  const { agent, collector, query } = PORTS;
  const others = [...admins, ...agent, ...collector, ...query, MEMORY];
  const more = [`--collector.otlp.http.host-port=${FREE}`, `--query.grpc-server.host-port=${FREE}`];
  const flags = [...others, ...more, `--http-server.host-port=${held}`];
  expect(await ended('all-in-one', flags)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^\[agent\] cannot bind .*already in use by .*\n$/),
  });
});

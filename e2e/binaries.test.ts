import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startExecutable } from './program.ts';
import { COMPONENTS } from './program-help.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** They do one thing and end. */
const JOBS: readonly string[] = ['dependencies', 'es-index-cleaner', 'es-rollover'];
const SERVERS = COMPONENTS.filter((component) => !JOBS.includes(component));
const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
const run = promisify(execFile);

let directory: string;
/** Where the executables were copied to: no package is in reach from there. */
let installed: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-binaries-'));
  const built = join(directory, 'built');
  await run(process.execPath, ['--import', 'tsx', 'scripts/build-bin.ts', built], { cwd: ROOT });
  installed = join(directory, 'usr', 'local', 'jaeger');
  await cp(built, installed, { recursive: true });
  await rm(built, { recursive: true });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

/** Runs to its end. */
async function ended(component: string, ...argv: string[]) {
  const options = { cwd: directory, env: { PATH: process.env['PATH'] } };
  try {
    return { code: 0, ...(await run(join(installed, `jaeger-${component}`), argv, options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

function start(component: string, logged: string, ...flags: string[]) {
  return startExecutable(join(installed, `jaeger-${component}`), logged, flags, directory);
}

test('one executable a component, and beside them what they read', async () => {
  expect((await readdir(installed)).sort()).toEqual(
    [
      ...COMPONENTS.map((name) => `jaeger-${name}`),
      'LICENSE',
      'fs-native-extensions',
      'lmdb',
      'package.json',
      'protos',
      'ui',
    ].sort(),
  );
});

test.each(COMPONENTS)(
  'jaeger-%s tells its flags and its version, and refuses what it does not know',
  async (component) => {
    expect(await ended(component, '--help')).toEqual({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`Usage: jaeger-${component} .*\\[flags\\]`)),
      stderr: '',
    });
    expect(await ended(component, 'version')).toEqual({
      code: 0,
      stdout: `spoor ${component} 0.1.0\n`,
      stderr: '',
    });
    expect(await ended(component, '--no-such-flag=1')).toEqual({
      code: 1,
      stdout: '',
      stderr: `[${component}] Unknown argument: no-such-flag; --help lists the flags\n`,
    });
  },
);

test.each([
  ...SERVERS.map((component) => [component, '--admin.http.host-port=80']),
  ['dependencies', '--dependencies.lookback=day'],
  ['es-index-cleaner', '--timeout=0'],
  ['es-rollover', '--conditions=2d'],
])('jaeger-%s says what is wrong with %s', async (component, flag) => {
  const operands = component.startsWith('es-') ? ['14', 'http://127.0.0.1:1'] : [];
  const [name] = flag.split('=');
  expect(await ended(component, ...operands, flag)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(new RegExp(`^\\[[\\w-]+\\] ${name}: [^\\n]+\\n$`)),
  });
});

/** Sends the spans over UDP and waits until the query service has them all. */
async function roundTrip(udpPort: number, queryPort: number): Promise<void> {
  const spans = usualSpans(seededRandom(7), 5, 'binaries');
  const [first] = spans;
  if (first === undefined) throw new Error('no spans');
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.send(encodeEmitBatch(first.process, spans, 1), udpPort, '127.0.0.1', (error) =>
      error ? reject(error) : resolve(),
    );
  });
  socket.close();
  for (const traceId of new Set(spans.map((span) => span.traceId))) {
    const sent = spans.filter((span) => span.traceId === traceId).map((span) => span.spanId);
    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${queryPort}/api/traces/${traceId}`);
        expect(answer.status).toBe(200);
        const { data } = (await answer.json()) as { data: [{ spans: { spanID: string }[] }] };
        expect(data[0].spans.map((span) => span.spanID).sort()).toEqual(sent.sort());
      },
      { timeout: 20_000, interval: 50 },
    );
  }
  const page = await fetch(`http://127.0.0.1:${queryPort}/search`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html')]);
}

test('a span goes from the agent by the collector into the remote storage, and comes out of the query service', async () => {
  await using storage = await start(
    'remote-storage',
    'grpcPort',
    ...['--grpc.host-port', FREE, ...ADMIN],
  );
  const grpc = ['--span-storage.type=grpc', `--grpc-storage.server=127.0.0.1:${storage.port}`];
  await using collector = await start(
    'collector',
    'grpcPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0'],
    ...[...ADMIN, ...grpc],
  );
  await using agent = await start(
    'agent',
    'compactPort',
    ...['--processor.jaeger-compact.server-host-port', FREE],
    ...['--processor.jaeger-binary.server-host-port', FREE],
    ...['--http-server.host-port', FREE],
    ...['--processor.zipkin-compact.server-host-port', FREE],
    ...['--reporter.queue.directory', join(directory, 'queue')],
    ...[`--reporter.grpc.host-port=127.0.0.1:${collector.port}`, ...ADMIN],
  );
  await using query = await start(
    'query',
    'port',
    ...[
      '--query.http-server.host-port',
      FREE,
      '--query.grpc-server.host-port',
      FREE,
      ...ADMIN,
      ...grpc,
    ],
  );
  await roundTrip(agent.port, query.port);
});

test('the same in one process', async () => {
  const free = [
    'processor.jaeger-compact.server-host-port',
    'processor.jaeger-binary.server-host-port',
    'http-server.host-port',
    'processor.zipkin-compact.server-host-port',
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'collector.port',
    'query.http-server.host-port',
    'query.grpc-server.host-port',
    'admin.http.host-port',
    'agent.admin.http.host-port',
    'query.admin.http.host-port',
  ].map((flag) => `--${flag}=${FREE}`);
  await using stack = await start('all-in-one', 'queryHttp', ...free);
  await roundTrip(stack.logged('compactPort'), stack.port);
});

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const workspace = fileURLToPath(new URL('..', import.meta.url));
/** Two starts on a machine that has other things to do. */
const timeout = 60_000;

const FREE_PORTS = [
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
].map((flag) => `--${flag}=127.0.0.1:0`);

let directory = '';
let child: ChildProcess | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-main-'));
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(directory, { recursive: true });
});

function args(store: string, ...more: string[]): string[] {
  const where = `--embedded.directory=${join(directory, store)}`;
  return ['--import', 'tsx', main, ...FREE_PORTS, where, ...more];
}

/** Runs to its end and gives what it printed. */
async function run(argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const done = await promisify(execFile)(process.execPath, argv, { cwd: workspace });
    return { code: 0, ...done };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

test('prints its address, names itself to a second one, and ends with 0 at a signal', {
  timeout,
}, async () => {
  child = spawn(process.execPath, args('first'), {
    cwd: workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr?.on('data', (text) => {
    log += text;
  });
  const [printed] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const url = printed.toString().trim();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/api/services`)).status).toBe(200);

  const address = new URL(url).host;
  const second = await run(args('second', `--query.http-server.host-port=${address}`));
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      new RegExp(`^\\[query\\] cannot bind ${address}: already in use by pid ${child.pid} \\(`),
    ),
  ]);

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  // A kernel that gives a small receive buffer is warned of; nothing went wrong.
  const levels = log
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { level: string }).level);
  expect(levels.filter((level) => level !== 'info' && level !== 'warn')).toEqual([]);
});

test('closing it leaves nothing that keeps a process alive', { timeout }, async () => {
  const program = `
    import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
    const storage = { embedded: { directory: ${JSON.stringify(join(directory, 'store'))} } };
    const stack = await startAllInOne({ ports: FREE_PORTS, storage });
    await stack.close();
    console.log('closed');
  `;
  // Ends by itself, as nothing here calls process.exit.
  const done = await run(['--import', 'tsx', '--input-type=module', '--eval', program]);
  expect(done).toMatchObject({ code: 0, stdout: 'closed\n' });
});

test('a bad flag is one line and exit code 1', { timeout }, async () => {
  expect(await run(args('store', '--log-level=loud'))).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^\[all-in-one\] --log-level: expected one of [^\n]*\n$/),
  });
});

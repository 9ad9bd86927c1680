import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import { encodeBinaryBatch, encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHECKOUT, NetworkNamespace, type Running } from '../network-namespace.ts';
import { Supervisor, whyNoSupervisor } from './supervised.ts';

const reason = whyNoSupervisor();
if (reason) console.log(`skipped: Supervisor (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

const PROGRAMS = ['jaeger-agent', 'jaeger-collect', 'jaeger-query'];
const SUPERVISOR = join(CHECKOUT, 'deploy/supervisor');

let folder: string;
let namespace: NetworkNamespace;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-supervisor-'));
  namespace = await NetworkNamespace.open();
});
// Here and not in the tests, which may run into their time.
afterEach(async () => {
  await namespace[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const allRunning = (status: ReadonlyMap<string, { state: string }>) =>
  PROGRAMS.every((name) => status.get(name)?.state === 'RUNNING');

/**
 * deploy/supervisor in a checkout that is this one, but for what supervisord and the programs write. Its path has what
 * Supervisor would take for two words, and for a quotation mark.
 */
async function checkout(): Promise<string> {
  const root = join(folder, "somebody's checkout");
  const supervisor = join(root, 'deploy/supervisor');
  await cp(SUPERVISOR, supervisor, {
    recursive: true,
    filter: (path) => !/[/\\](log|run)[/\\]./.test(path.slice(SUPERVISOR.length)),
  });
  for (const made of ['log', 'run']) await mkdir(join(supervisor, made), { recursive: true });
  for (const name of await readdir(CHECKOUT))
    if (name !== 'deploy' && !name.startsWith('.'))
      await symlink(join(CHECKOUT, name), join(root, name));
  return supervisor;
}

/** A span that began just now: in Elasticsearch nobody looks for one that began days ago. */
function spanOfNow(seed: number): Span {
  const [span] = usualSpans(seededRandom(seed), 1, 'supervised');
  if (span === undefined) throw new Error('no span');
  return { ...span, startTime: Date.now() * 1000 };
}

/** Posts a trace until the collector is there to acknowledge it, and gives its id. */
async function postTrace(seed: number): Promise<string> {
  const span = spanOfNow(seed);
  const body = Buffer.from(encodeBinaryBatch(span.process, [span])).toString('base64');
  const status = await namespace.evaluate(`
    const post = () => fetch('http://127.0.0.1:14268/api/traces', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-thrift' },
      body: Buffer.from('${body}', 'base64'),
    });
    ${UNTIL}
    console.log(await until(async () => (await post()).status === 202));`);
  expect(status).toBe('true\n');
  return span.traceId;
}

/** A program that supervisord calls RUNNING may be about to listen only. */
const UNTIL = `
  async function until(ask) {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const answer = await ask().catch((error) => void (why = error));
      if (answer || Date.now() > deadline) return answer ?? why;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  let why;`;

/** Whether the query service finds the one span of a trace. */
const isFound = (traceId: string) =>
  namespace.evaluate(`
    ${UNTIL}
    console.log(await until(async () => {
      const answer = await fetch('http://127.0.0.1:16686/api/traces/${traceId}');
      return answer.status === 200 && (await answer.json()).data[0].spans.length === 1;
    }));`);

/** SIGKILL to every program: all are started anew, and what was acknowledged is there. */
async function crashAndRestart(supervisor: Supervisor) {
  const before = await supervisor.until(allRunning);
  const first = await postTrace(1);
  expect(await isFound(first)).toBe('true\n');
  for (const name of PROGRAMS) process.kill(before.get(name)?.pid ?? Number.NaN, 'SIGKILL');
  const after = await supervisor.until(
    (status) =>
      allRunning(status) &&
      PROGRAMS.every((name) => status.get(name)?.pid !== before.get(name)?.pid),
  );
  expect([...after.keys()].sort()).toEqual(PROGRAMS);
  expect(await isFound(first)).toBe('true\n');
  expect(await isFound(await postTrace(2))).toBe('true\n');
}

describe.skipIf(skip)('Supervisor', () => {
  test('deploy/supervisor/supervisord.conf runs the three programs from the checkout', async () => {
    const deployed = await checkout();
    const supervisor = new Supervisor(namespace, join(deployed, 'supervisord.conf'), {
      EMBEDDED_DIRECTORY: join(folder, 'data'),
    });
    await crashAndRestart(supervisor);
    const told = await supervisor.stop();
    for (const name of PROGRAMS) {
      expect(told).toContain(`stopped: ${name} (exit status 0)`);
      const log = await readFile(join(deployed, 'log', `${name}.log`), 'utf8');
      const lines = log.trim().split('\n');
      for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
    }
    expect(told).not.toContain('with SIGKILL');
    expect((await stat(join(deployed, 'log/supervisord.log'))).size).toBeGreaterThan(0);
  });
});

/**
 * deploy/supervisor/etc/, installed below `folder` in the place of /. The kernel's limits are this machine's, so those
 * that supervisord asks for are left out where it would be refused them.
 */
async function install() {
  const built = join(folder, 'usr/local/jaeger');
  const build = namespace.run([process.execPath, '--import', 'tsx', 'scripts/build-bin.ts', built]);
  expect(await build.ended, build.output()).toBe(0);
  for (const made of ['var/log/jaeger', 'tmp'])
    await mkdir(join(folder, made), { recursive: true });
  await cp(join(SUPERVISOR, 'etc'), join(folder, 'etc'), { recursive: true });
  const programs = join(folder, 'etc/supervisord.d');
  const files = [
    join(folder, 'etc/supervisord.conf'),
    ...(await readdir(programs)).map((name) => join(programs, name)),
  ];
  for (const file of files) {
    const text = (await readFile(file, 'utf8'))
      .replace(/(?<=[= ]|unix:\/\/)\/(?=(?:etc|tmp|usr|var)\/)/g, `${folder}/`)
      .replace(/^min(fds|procs)=.*\n/gm, '');
    await writeFile(file, text);
  }
  return join(folder, 'etc/supervisord.conf');
}

/** Elasticsearch, the real one, where the files say that it is. */
async function elasticsearch(): Promise<Running> {
  const server = namespace.run([
    join(CHECKOUT, 'e2e/servers/elasticsearch/start.sh'),
    ...['--port', '9200', '--data', join(folder, 'elasticsearch')],
  ]);
  await server.until(/^ready/m);
  return server;
}

/** Sends a trace to the agent, as Jaeger's clients do, and gives its id. */
async function sendTrace(seed: number): Promise<string> {
  const span = spanOfNow(seed);
  const datagram = encodeEmitBatch(span.process, [span], seed);
  await namespace.evaluate(`
    const { createSocket } = await import('node:dgram');
    const socket = createSocket('udp4');
    const datagram = Buffer.from('${Buffer.from(datagram).toString('base64')}', 'base64');
    socket.send(datagram, 6831, '127.0.0.1', () => socket.close());`);
  return span.traceId;
}

/** Whether an admin port comes to answer with this status and a text in it. */
const isHealth = (port: number, status: number, text: string) =>
  namespace.evaluate(`
    ${UNTIL}
    console.log(await until(async () => {
      const answer = await fetch('http://127.0.0.1:${port}/');
      return answer.status === ${status} && (await answer.text()).includes('${text}');
    }));`);
const SERVES = [200, 'Server available'] as const;
const WAITS = [503, '127.0.0.1:9200'] as const;

describe.skipIf(skip)('deploy/supervisor/etc', () => {
  test('is the seed: Elasticsearch may come late, go and come back, and the agent speaks TChannel', async () => {
    const config = await install();
    const supervisor = new Supervisor(namespace, config, {});

    const away = await supervisor.until(allRunning);
    for (const port of [14269, 16687]) expect(await isHealth(port, ...WAITS)).toBe('true\n');
    const early = await sendTrace(3);
    expect(await supervisor.status()).toEqual(away);

    const first = await elasticsearch();
    for (const port of [14269, 16687]) expect(await isHealth(port, ...SERVES)).toBe('true\n');
    expect(await isFound(early)).toBe('true\n');
    expect(await supervisor.status()).toEqual(away);
    await crashAndRestart(supervisor);

    first.child.kill('SIGTERM');
    await first.ended;
    expect(await isHealth(14269, ...WAITS)).toBe('true\n');
    const late = await sendTrace(4);
    await elasticsearch();
    expect(await isFound(late)).toBe('true\n');

    const told = await supervisor.stop();
    for (const name of PROGRAMS) {
      expect(told).toContain(
        `success: ${name} entered RUNNING state, process has stayed up for > than 3 seconds (startsecs)`,
      );
      expect(told).toContain(`stopped: ${name} (exit status 0)`);
      expect((await stat(join(folder, `var/log/jaeger/${name}.log`))).isFile()).toBe(true);
    }
    expect(told).not.toContain('with SIGKILL');
  });
});

import { execFile } from 'node:child_process';
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
import { promisify } from 'node:util';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHECKOUT, NetworkNamespace } from '../network-namespace.ts';
import { Supervisor, whyNoSupervisor } from './supervised.ts';

const reason = whyNoSupervisor();
if (reason) console.log(`skipped: Supervisor (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

const PROGRAMS = ['jaeger-agent', 'jaeger-collect', 'jaeger-query'];
const SUPERVISOR = join(CHECKOUT, 'deploy/supervisor');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-supervisor-'));
});
afterEach(() => rm(folder, { recursive: true }));

const allRunning = (status: ReadonlyMap<string, { state: string }>) =>
  PROGRAMS.every((name) => status.get(name)?.state === 'RUNNING');

/** A checkout that is this one, but for what supervisord and the programs write. */
async function checkout(): Promise<string> {
  for (const name of await readdir(CHECKOUT))
    if (name !== 'deploy' && !name.startsWith('.'))
      await symlink(join(CHECKOUT, name), join(folder, name));
  await cp(SUPERVISOR, join(folder, 'deploy/supervisor'), {
    recursive: true,
    filter: (path) => !/[/\\](log|run)[/\\]./.test(path.slice(SUPERVISOR.length)),
  });
  for (const made of ['log', 'run'])
    await mkdir(join(folder, 'deploy/supervisor', made), { recursive: true });
  return join(folder, 'deploy/supervisor/supervisord.conf');
}

/** Posts a trace until the collector is there to acknowledge it, and gives its id. */
async function postTrace(namespace: NetworkNamespace, seed: number): Promise<string> {
  const spans = usualSpans(seededRandom(seed), 1, 'supervised');
  const [span] = spans;
  if (span === undefined) throw new Error('no span');
  const body = Buffer.from(encodeBinaryBatch(span.process, spans)).toString('base64');
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
const isFound = (namespace: NetworkNamespace, traceId: string) =>
  namespace.evaluate(`
    ${UNTIL}
    console.log(await until(async () => {
      const answer = await fetch('http://127.0.0.1:16686/api/traces/${traceId}');
      return answer.status === 200 && (await answer.json()).data[0].spans.length === 1;
    }));`);

/** SIGKILL to every program: all are started anew, and what was acknowledged is there. */
async function crashAndRestart(namespace: NetworkNamespace, supervisor: Supervisor) {
  const before = await supervisor.until(allRunning);
  const first = await postTrace(namespace, 1);
  expect(await isFound(namespace, first)).toBe('true\n');
  for (const name of PROGRAMS) process.kill(before.get(name)?.pid ?? Number.NaN, 'SIGKILL');
  const after = await supervisor.until(
    (status) =>
      allRunning(status) &&
      PROGRAMS.every((name) => status.get(name)?.pid !== before.get(name)?.pid),
  );
  expect([...after.keys()].sort()).toEqual(PROGRAMS);
  expect(await isFound(namespace, first)).toBe('true\n');
  expect(await isFound(namespace, await postTrace(namespace, 2))).toBe('true\n');
}

describe.skipIf(skip)('Supervisor', () => {
  test('deploy/supervisor/supervisord.conf runs the three programs from the checkout', async () => {
    const config = await checkout();
    await using namespace = await NetworkNamespace.open();
    await using supervisor = new Supervisor(namespace, config, {
      EMBEDDED_DIRECTORY: join(folder, 'data'),
    });
    await crashAndRestart(namespace, supervisor);
    const told = await supervisor.stop();
    for (const name of PROGRAMS) {
      expect(told).toContain(`stopped: ${name} (exit status 0)`);
      const log = await readFile(join(folder, 'deploy/supervisor/log', `${name}.log`), 'utf8');
      const lines = log.trim().split('\n');
      for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
    }
    expect(told).not.toContain('with SIGKILL');
    expect(
      (await stat(join(folder, 'deploy/supervisor/log/supervisord.log'))).size,
    ).toBeGreaterThan(0);
  });
});

/**
 * deploy/supervisor/etc/, installed below `folder` in the place of /. The kernel's limits are this machine's, so those
 * that supervisord asks for are left out where it would be refused them.
 */
async function install(change: (program: string) => string = (program) => program) {
  const built = join(folder, 'usr/local/jaeger');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build-bin.ts', built], {
    cwd: CHECKOUT,
  });
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
    await writeFile(file, file.endsWith('supervisord.conf') ? text : change(text));
  }
  return join(folder, 'etc/supervisord.conf');
}

/** No Elasticsearch is here: the embedded store in its place. All else stays as in the files. */
function withEmbeddedStore(program: string): string {
  return program
    .replace(/ --es\.[\w-]+ (?:"[^"]*"|\S+)/g, '')
    .replace(
      'SPAN_STORAGE_TYPE="elasticsearch"',
      `SPAN_STORAGE_TYPE="embedded",EMBEDDED_DIRECTORY="${join(folder, 'data')}"`,
    );
}

describe.skipIf(skip)('deploy/supervisor/etc', () => {
  test('runs the installed executables under its names, startsecs and stopwaitsecs', async () => {
    const config = await install(withEmbeddedStore);
    await using namespace = await NetworkNamespace.open();
    await using supervisor = new Supervisor(namespace, config, {});
    await crashAndRestart(namespace, supervisor);
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

  test('as it is, with Elasticsearch away, all three run, and health says what is not there', async () => {
    const config = await install();
    await using namespace = await NetworkNamespace.open();
    await using supervisor = new Supervisor(namespace, config, {});
    await supervisor.until(allRunning);
    const health = await namespace.evaluate(`
      ${UNTIL}
      const read = async (port) => {
        const answer = await until(() => fetch('http://127.0.0.1:' + port));
        return answer.status;
      };
      console.log(await read(14271), await until(async () => (await read(14269)) === 503));`);
    expect(health).toBe('200 true\n');
    const told = await supervisor.stop();
    for (const name of PROGRAMS) expect(told).toContain(`stopped: ${name} (exit status 0)`);
  });
});

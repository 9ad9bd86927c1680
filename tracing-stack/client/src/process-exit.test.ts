import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { httpCollector } from './testkit/http-collector.ts';
import { udpReceiver } from './testkit/udp-receiver.ts';

const client = new URL('./index.ts', import.meta.url).href;

/** Runs a program to its end. Gives its exit code, and what it wrote to descriptor 3 and to standard error. */
async function runProgram(lines: string, env: NodeJS.ProcessEnv = {}) {
  const program = `import * as client from '${client}';\n${lines}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const written = text(child.stdio[3] as Readable);
  const said = text(child.stderr as Readable);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, written: await written, said: await said };
}

/** Runs a program that reports one span to `port` and then does `last`. Gives its exit code. */
async function run(port: number, last: string, flushIntervalMs = 1000): Promise<number | null> {
  const { code } = await runProgram(`
    const sampler = { type: 'const', param: 1 };
    const reporter = { agentPort: ${port}, flushIntervalMs: ${flushIntervalMs} };
    const tracer = client.initTracer({ serviceName: 'x', sampler, reporter });
    tracer.startSpan('only').finish();
    ${last}`);
  return code;
}

test('a program that closes its tracer as its last act ends by itself, and its span arrives', async () => {
  await using agent = await udpReceiver();
  expect(await run(agent.port, 'await tracer.close();')).toBe(0);
  await agent.received(1);
});

test('a program that never closes its tracer is not held, and loses what waited', async () => {
  await using agent = await udpReceiver();
  expect(await run(agent.port, '')).toBe(0);
  expect(agent.datagrams).toEqual([]);
});

test('a socket that has sent does not hold a program either', async () => {
  await using agent = await udpReceiver();
  const wait = 'while (tracer.counters.packets === 0) await new Promise((r) => setTimeout(r, 5));';
  expect(await run(agent.port, wait, 1)).toBe(0);
  await agent.received(1);
});

/** A program with a tracer that asks a server how to sample, and posts its spans there. */
const overHttp = (port: number, last: string) => `
  const tracer = client.initTracer({
    serviceName: 'x',
    sampler: { type: 'remote', param: 1, hostPort: '127.0.0.1:${port}' },
    reporter: { collectorEndpoint: '127.0.0.1:${port}' },
  });
  tracer.startSpan('only').finish();
  ${last}`;

test('over HTTP, too, close brings the span, and then nothing holds the program', async () => {
  await using collector = await httpCollector();
  const { code } = await runProgram(overHttp(collector.port, 'await tracer.close();'));
  expect(code).toBe(0);
  expect(collector.spans).toHaveLength(1);
});

test('neither a sampling server that never answers nor a collector that is away holds a program', async () => {
  const silent = createServer(() => {});
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  const { code } = await runProgram(overHttp(port, ''));
  expect(code).toBe(0);
  silent.close();
});

test('at its exit a program tells what its tracers did, on the pipe that it was given', async () => {
  await using agent = await udpReceiver();
  const program = `
    for (const name of ['a', 'b']) {
      const reporter = { agentPort: ${agent.port} };
      const config = { serviceName: name, sampler: { type: 'const', param: 1 }, reporter };
      const tracer = client.initTracer(config);
      tracer.startSpan('one').finish();
      tracer.startSpan('never finished');
      if (name === 'a') await tracer.close();
    }
    process.exit(7);`;
  const { code, written } = await runProgram(program, { SPOOR_COUNTERS_FD: '3' });
  expect(code).toBe(7);
  const [a, b, ...rest] = written.split('\n').map((line) => line && JSON.parse(line));
  expect(a).toMatchObject({ service: 'a', counters: { started: 2, finished: 1, reported: 1 } });
  expect(b).toMatchObject({ service: 'b', counters: { started: 2, finished: 1, reported: 0 } });
  expect(rest).toEqual(['']);
  const uuids = agent.spans().map(({ process }) => process.tags.find(isUuid)?.value);
  expect(uuids).toEqual([a.clientUuid]);
});

test.each([
  ['exits', 'process.exit(0);'],
  ['ends by itself', ''],
])('what still waits when a program %s is counted, and told once', async (_, last) => {
  const program = `
    const config = { serviceName: 'x', sampler: { type: 'const', param: 1 } };
    const tracer = client.initTracer(config);
    for (let i = 0; i < 10; i++) tracer.startSpan('s').finish();
    client.initTracer({ ...config, serviceName: 'silent' });
    ${last}`;
  const { written, said } = await runProgram(program, { SPOOR_COUNTERS_FD: '3' });
  const [line = ''] = written.split('\n');
  expect(JSON.parse(line).counters).toMatchObject({ finished: 10, reported: 0, waiting: 10 });
  expect(said.match(/\[client\].*/g)).toEqual([
    '[client] 10 spans had not been sent at the exit: close() waits until they are',
  ]);
});

test('a tracer that was closed has nothing to say at the exit', async () => {
  await using agent = await udpReceiver();
  const { written, said } = await runProgram(
    `const reporter = { agentPort: ${agent.port} };
    const config = { serviceName: 'x', sampler: { type: 'const', param: 1 }, reporter };
    const tracer = client.initTracer(config);
    tracer.startSpan('s').finish();
    await tracer.close();`,
    { SPOOR_COUNTERS_FD: '3' },
  );
  expect(JSON.parse(written).counters).toMatchObject({ reported: 1, waiting: 0 });
  expect(said).toBe('');
});

const isUuid = ({ key }: { key: string }) => key === 'client-uuid';

test('a program that is not asked to tell writes nothing', async () => {
  const program = "client.initTracer({ serviceName: 'a', sampler: { type: 'const', param: 1 } });";
  expect((await runProgram(program)).written).toBe('');
});

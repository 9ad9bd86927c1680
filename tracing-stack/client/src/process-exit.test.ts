import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { udpReceiver } from './testkit/udp-receiver.ts';

const client = new URL('./index.ts', import.meta.url).href;

/** Runs a program that reports one span to `port` and then does `last`. Gives its exit code. */
async function run(port: number, last: string, flushIntervalMs = 1000): Promise<number | null> {
  const program = `
    import { initTracer } from '${client}';
    const sampler = { type: 'const', param: 1 };
    const reporter = { agentPort: ${port}, flushIntervalMs: ${flushIntervalMs} };
    const tracer = initTracer({ serviceName: 'x', sampler, reporter });
    tracer.startSpan('only').finish();
    ${last}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
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

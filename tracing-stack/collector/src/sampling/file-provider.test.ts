import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, createMetrics, UserError } from '@spoor/platform';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FileSamplingOptions, startFileProvider } from './file-provider.ts';
import type { SamplingProvider } from './sampling-provider.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = { timeout: 20_000 };

let directory = '';
let location = '';
const open: SamplingProvider[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-strategies-'));
  location = join(directory, 'strategies.json');
});
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close();
  await rm(directory, { recursive: true });
});

async function start(options: Partial<FileSamplingOptions> = {}) {
  const lines: { msg: string; reason?: string }[] = [];
  const metrics = createMetrics();
  const provider = await startFileProvider({
    location,
    reloadIntervalMs: 0,
    defaultProbability: 0.001,
    withDefaultOperations: false,
    logger: createLogger({
      name: 'collector',
      destination: { write: (line) => void lines.push(JSON.parse(line)) },
    }),
    metrics,
    ...options,
  });
  open.push(provider);
  const shareOf = (service: string) =>
    provider.strategyOf(service).probabilisticSampling?.samplingRate;
  return { provider, lines, metrics, shareOf };
}

const write = (param: number) =>
  writeFile(
    location,
    JSON.stringify({ service_strategies: [{ service: 's', type: 'probabilistic', param }] }),
  );

test('without a file every service is told the default', async () => {
  const { shareOf } = await start({ location: '', defaultProbability: 0.25 });
  expect(shareOf('s')).toBe(0.25);
});

test('a file that is not there, or is none, is an error at the start that names it', async () => {
  await expect(start()).rejects.toThrow(UserError);
  await expect(start()).rejects.toThrow(
    `[collector] cannot read the sampling strategies of ${location}`,
  );
  await writeFile(location, '{');
  await expect(start()).rejects.toThrow(/strategies\.json: .*JSON/);
});

test('a file that changes is obeyed; a broken one is told once, and the last good one stays', async () => {
  await write(0.1);
  const { shareOf, lines, metrics } = await start({ reloadIntervalMs: 5 });
  expect(shareOf('s')).toBe(0.1);
  await write(0.2);
  await vi.waitFor(() => expect(shareOf('s')).toBe(0.2), SOON);

  await writeFile(location, '{"service_strategies": 7}');
  const failed = async () => Number(/result="err"\} (\d+)/.exec(await metrics.text())?.[1]);
  await vi.waitFor(async () => expect(await failed()).toBeGreaterThan(2), SOON);
  expect(shareOf('s')).toBe(0.2);
  const told = lines.filter(({ reason }) => reason === 'service_strategies must be a list');
  expect(told).toHaveLength(1);

  await rm(location);
  await vi.waitFor(() => expect(lines.at(-1)?.reason).toContain('ENOENT'), SOON);
  expect(shareOf('s')).toBe(0.2);

  await write(0.3);
  await vi.waitFor(() => expect(shareOf('s')).toBe(0.3), SOON);
});

test('without an interval a file is read once', async () => {
  await write(0.1);
  const { shareOf } = await start();
  const other = await start({ reloadIntervalMs: 5 });
  await write(0.2);
  await vi.waitFor(() => expect(other.shareOf('s')).toBe(0.2), SOON);
  expect(shareOf('s')).toBe(0.1);
});

test('strategies may be at a URL, which keeps the last ones while it is not ready', async () => {
  let status = 200;
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(status).end('{"default_strategy": {"type": "probabilistic", "param": 0.4}}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/strategies`;
  try {
    const { shareOf } = await start({ location: url, reloadIntervalMs: 5 });
    expect(shareOf('s')).toBe(0.4);
    status = 503;
    const before = asked;
    await vi.waitFor(() => expect(asked).toBeGreaterThan(before + 2), SOON);
    expect(shareOf('s')).toBe(0.4);
    expect((await start({ location: url })).shareOf('s')).toBe(0.001);
    status = 404;
    await expect(start({ location: url })).rejects.toThrow('HTTP 404');
  } finally {
    server.close().closeAllConnections();
  }
});

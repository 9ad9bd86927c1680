import { createLogger, createMetrics } from '@spoor/platform';
import { startRemoteStorage } from '@spoor/remote-storage';
import type { SpanStore } from '@spoor/storage-api';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { expect, test, vi } from 'vitest';
import { startProgram } from './program.ts';

const FREE = '127.0.0.1:0';
const ADMIN = ['--admin.http.host-port', FREE];
const eventually = { timeout: 30_000, interval: 200 };

/** A remote storage that is there, and whose store can be made to fail, or to stand still as a stopped process does. */
async function startStorage() {
  const can = { read: true, write: true };
  let standsStill = Promise.resolve();
  const read = async <T>(nothing: T): Promise<T> => {
    if (can.read) return nothing;
    throw new TypeError('this.lookup is not a function');
  };
  const store: Omit<SpanStore, 'close'> = {
    reader: {
      services: () => read([]),
      operations: () => read([]),
      trace: () => read(undefined),
      findTraces: () => read([]),
      findTraceIds: () => read([]),
      arrivals: () => read({ spans: [], cursor: '' }),
    },
    writer: {
      async write() {
        if (!can.write) throw new Error('cannot be written');
      },
    },
    check: () => standsStill,
  };
  const server = await startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store,
    logger: createLogger({ name: 'remote', level: 'silent' }),
    metrics: createMetrics(),
  });
  const flags = [
    '--span-storage.type=grpc',
    `--grpc-storage.server=127.0.0.1:${server.ports.grpc}`,
  ];
  /** Until the function that this returns is called. */
  function stop(): () => void {
    let goOn = () => {};
    standsStill = new Promise((resolve) => {
      goOn = resolve;
    });
    return goOn;
  }
  return { can, stop, flags, [Symbol.asyncDispose]: () => server.close() };
}

async function healthOf(program: { logged(name: string): number }) {
  const answer = await fetch(`http://127.0.0.1:${program.logged('adminPort')}/`);
  const { reason = '' } = (await answer.json()) as { reason?: string };
  return { status: answer.status, reason };
}

const well = { status: 200, reason: '' };
const unwell = (reason: string) => ({ status: 503, reason: expect.stringContaining(reason) });

test('query is not healthy while its store answers and every read fails, nor while it does not answer', async () => {
  await using storage = await startStorage();
  const ports = ['--query.http-server.host-port', FREE, '--query.grpc-server.host-port', FREE];
  await using query = await startProgram('query', 'port', ...ports, ...ADMIN, ...storage.flags);
  const services = async () => (await fetch(`http://127.0.0.1:${query.port}/api/services`)).status;
  const health = (expected: object) =>
    vi.waitFor(async () => expect(await healthOf(query)).toEqual(expected), eventually);

  await health(well);
  storage.can.read = false;
  expect(await services()).toBe(503);
  expect(await healthOf(query)).toEqual(unwell('INTERNAL: this.lookup is not a function'));
  storage.can.read = true;
  expect(await healthOf(query)).toEqual(well);

  const goOn = storage.stop();
  expect(await healthOf(query)).toEqual(unwell('[grpc] the store did not answer within 2 s'));
  goOn();
  await health(well);
});

test('collector is not healthy while its store answers and every write fails', async () => {
  await using storage = await startStorage();
  await using collector = await startProgram(
    'collector',
    'httpPort',
    ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
    ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
    ...['--collector.port', '0', ...ADMIN, ...storage.flags],
  );
  const [span] = usualSpans(seededRandom(1), 1, 'health');
  if (span === undefined) throw new Error('no span');
  const body = encodeBinaryBatch(span.process, [span]);
  async function post(): Promise<number> {
    const { status } = await fetch(`http://127.0.0.1:${collector.port}/api/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-thrift' },
      body,
    });
    return status;
  }
  const health = (expected: object) =>
    vi.waitFor(async () => expect(await healthOf(collector)).toEqual(expected), eventually);

  await health(well);
  storage.can.write = false;
  expect(await post()).toBe(503);
  expect(await healthOf(collector)).toEqual(well);
  await vi.waitFor(async () => {
    expect(await post()).toBe(503);
    expect(await healthOf(collector)).toEqual(unwell('[grpc] writing spans failed'));
  }, eventually);
  storage.can.write = true;
  expect(await post()).toBe(202);
  expect(await healthOf(collector)).toEqual(well);
});

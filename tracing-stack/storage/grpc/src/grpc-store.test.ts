import { createServer } from 'node:net';
import { createLogger, createMetrics } from '@spoor/platform';
import { startRemoteStorage } from '@spoor/remote-storage';
import { type SpanStore, StorageError } from '@spoor/storage-api';
import { sampleBatch } from '@spoor/storage-testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { openGrpcStore } from './grpc-store.ts';

const BATCH = sampleBatch({ spans: [{ traceId: '000000000000abcd' }] });
const SILENT = createLogger({ name: 'test', level: 'silent' });

let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** A remote storage over a store of which only some calls matter. */
async function serve(calls: Partial<Record<'write' | 'check' | 'services', () => Promise<never>>>) {
  const unasked = async () => expect.fail('not asked for');
  const { write = unasked, check = async () => undefined, services = unasked } = calls;
  const reader: SpanStore['reader'] = {
    services,
    operations: unasked,
    trace: unasked,
    findTraces: unasked,
    findTraceIds: unasked,
    arrivals: unasked,
  };
  const server = await startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store: { writer: { write }, reader, check },
    logger: SILENT,
    metrics: createMetrics(),
    closeWithinMs: 50,
  });
  closing.push(() => server.close());
  return server.ports.grpc;
}

async function open(
  port: number,
  limits: { connectTimeoutMs?: number; callTimeoutMs?: number } = {},
) {
  const server = { host: '127.0.0.1', port };
  const store = await openGrpcStore({ server, closeWithinMs: 50, ...limits });
  closing.push(() => store.close());
  return store;
}

const never = () => new Promise<never>(() => {});

describe('what the server answers means the same here', () => {
  it.each([
    ['full', 'full'],
    ['unavailable', 'unavailable'],
    ['closed', 'unavailable'],
    ['corrupt', 'corrupt'],
    ['unsupported', 'unsupported'],
  ] as const)('a store that is %s is %s', async (code, here) => {
    const fail = async () => {
      throw new StorageError(code, `[test] ${code} it is`);
    };
    const store = await open(await serve({ write: fail, services: fail }));
    const refused = { name: 'StorageError', code: here, message: expect.stringContaining('it is') };
    await expect(store.writer.write(BATCH)).rejects.toMatchObject(refused);
    await expect(store.reader.services()).rejects.toMatchObject(refused);
  });

  it('and the reason why it cannot serve is told', async () => {
    const check = async () => {
      throw new StorageError('unavailable', '[test] no disk');
    };
    const store = await open(await serve({ check }));
    await expect(store.check()).rejects.toThrow(
      /^\[grpc\] 127.0.0.1:\d+ answered UNAVAILABLE: \[test\] no disk$/,
    );
  });
});

describe('nobody is waited for without end', () => {
  const unavailable = { name: 'StorageError', code: 'unavailable' };

  it('a port that nobody listens on', async () => {
    const store = await open(1);
    await expect(store.check()).rejects.toMatchObject(unavailable);
    await expect(store.reader.services()).rejects.toMatchObject(unavailable);
    await expect(store.writer.write(BATCH)).rejects.toMatchObject(unavailable);
  });

  it('a server that takes the connection and says nothing', async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    closing.push(async () => mute.close());
    const { port } = mute.address() as { port: number };
    const store = await open(port, { connectTimeoutMs: 100, callTimeoutMs: 100 });
    await expect(store.check()).rejects.toMatchObject(unavailable);
  });

  it('a call that is not answered', async () => {
    const store = await open(await serve({ write: never, services: never }), {
      callTimeoutMs: 200,
    });
    await expect(store.writer.write(BATCH)).rejects.toMatchObject(unavailable);
    await expect(store.reader.services()).rejects.toMatchObject(unavailable);
  });

  it('a call under way when the store is closed', async () => {
    const store = await open(await serve({ write: never }));
    await store.check();
    const written = expect(store.writer.write(BATCH)).rejects.toMatchObject(unavailable);
    await store.close();
    await written;
  });
});

import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
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

const never = () => new Promise<never>(() => {});

/** A remote storage over a store of which only some calls matter. Without `acknowledges`, a write is under way at its end. */
async function serve(
  calls: Partial<Record<'write' | 'services' | 'arrivals', () => Promise<never>>> & {
    readonly check?: () => Promise<void>;
  },
  acknowledges = calls.write !== never,
) {
  const unasked = async () => expect.fail('not asked for');
  const { write = unasked, check = async () => undefined } = calls;
  const { services = unasked, arrivals = unasked } = calls;
  const reader: SpanStore['reader'] = {
    services,
    operations: unasked,
    trace: unasked,
    findTraces: unasked,
    findTraceIds: unasked,
    arrivals,
  };
  const server = await startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store: { writer: { write }, reader, check },
    logger: SILENT,
    metrics: createMetrics(),
  });
  closing.push(async () => {
    const closed = server.close(AbortSignal.timeout(50));
    if (!acknowledges) await expect(closed).rejects.toThrow('not acknowledged');
    else await closed;
  });
  return server.ports.grpc;
}

async function open(
  port: number,
  limits: { connectTimeoutMs?: number; callTimeoutMs?: number } = {},
) {
  const server = { host: '127.0.0.1', port };
  const store = await openGrpcStore({ server, ...limits });
  closing.push(() => store.close(AbortSignal.timeout(50)));
  return store;
}

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

  it('calls that were answered leave no listeners behind', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    closing.push(async () => process.off('warning', note));
    const store = await open(await serve({}));
    for (let i = 0; i < 20; i++) await store.check();
    await setImmediate();
    expect(warnings).toEqual([]);
  });

  it('a call under way when the store is closed', async () => {
    let arrived = () => {};
    const arrives = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const write = () => {
      arrived();
      return new Promise<never>(() => {});
    };
    const store = await open(await serve({ write }, false));
    const written = expect(store.writer.write(BATCH)).rejects.toMatchObject(unavailable);
    await arrives;
    await store.close(AbortSignal.timeout(50));
    await written;
  });
});

it('a server that did not say in time what it speaks is asked again', async () => {
  let isSlow = true;
  const check = async () => {
    if (isSlow) await never();
  };
  const arrivals = async () => {
    throw new StorageError('corrupt', '[test] asked');
  };
  const store = await open(await serve({ check, arrivals }), { callTimeoutMs: 1000 });
  await expect(store.reader.arrivals('', 1)).rejects.toMatchObject({ code: 'unavailable' });
  isSlow = false;
  await expect(store.reader.arrivals('', 1)).rejects.toThrow('[test] asked');
});

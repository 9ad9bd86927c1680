import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Server, type ServerWritableStream, status } from '@grpc/grpc-js';
import { createLogger, createMetrics } from '@spoor/platform';
import { closeGrpcServer, listenGrpc, loadService } from '@spoor/platform/grpc';
import { type RemoteStorageOptions, startRemoteStorage } from '@spoor/remote-storage';
import { type SpanStore, StorageError, storedSpans, type TraceQuery } from '@spoor/storage-api';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { NOON, sampleBatch, text } from '@spoor/storage-testkit';
import { encodeProtoBatch, protoBatch } from '@spoor/wire';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGrpcStore } from './grpc-store.ts';

const TRACE = '000000000000abcd';
const WIDE = 'f000000000000003000000000000000d';
const QUERY: TraceQuery = {
  serviceName: 'frontend',
  tags: new Map(),
  startTimeMin: NOON - 1000,
  startTimeMax: NOON + 1000,
  limit: 20,
};

let directory: string;
let embedded: SpanStore;
let store: SpanStore;
let close: () => Promise<void>;

/** Speaks Jaeger's protocol alone unless asked to. */
function startServer(options: Partial<RemoteStorageOptions> = {}) {
  return startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store: embedded,
    logger: createLogger({ name: 'jaeger', level: 'silent' }),
    metrics: createMetrics(),
    ownProtocol: false,
    ...options,
  });
}

async function start(options: Partial<RemoteStorageOptions> = {}): Promise<void> {
  const server = await startServer(options);
  store = await openGrpcStore({ server: { host: '127.0.0.1', port: server.ports.grpc } });
  close = async () => {
    await store.close();
    await server.close();
  };
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-dialect-'));
  embedded = await openEmbeddedStore({ directory });
});
afterEach(async () => {
  await close();
  await embedded.close();
  await rm(directory, { recursive: true, force: true });
});

it('a batch comes back as it would from a store here, and is found', async () => {
  await start();
  const addedTags = [text('zone', 'eu')];
  const stored = sampleBatch({
    addedTags,
    format: 'zipkin',
    spans: [
      { traceId: TRACE, duration: 1500 },
      { traceId: WIDE, operation: 'other' },
    ],
  });
  await store.check();
  await store.writer.write(stored);
  await store.writer.write(sampleBatch({ spans: [] }));
  const { reader } = store;
  const trace = await reader.trace(TRACE);
  const direct = await openEmbeddedStore({ directory: join(directory, 'direct') });
  await direct.writer.write(stored);
  expect(trace).toEqual(await direct.reader.trace(TRACE));
  await direct.close();
  expect(await reader.trace('00000000000000ff')).toBeUndefined();
  expect(await reader.services()).toEqual(['frontend']);
  expect(await reader.operations({ serviceName: 'frontend', spanKind: '' })).toEqual([
    { name: 'other', spanKind: '' },
    { name: 'work', spanKind: '' },
  ]);
  expect(await reader.findTraces({ ...QUERY, operationName: 'work', durationMin: 1500 })).toEqual([
    trace,
  ]);
  const byTag = { tags: new Map([['internal.span.format', 'zipkin']]), durationMax: 200 };
  expect(
    await reader.findTraceIds({ ...QUERY, ...byTag, limit: Number.POSITIVE_INFINITY }),
  ).toEqual([WIDE]);
  for (const nothing of [{ limit: 0 }, { serviceName: '' }])
    expect(await reader.findTraceIds({ ...QUERY, ...nothing })).toEqual([]);
});

it.each([
  ['a search across services', { serviceName: undefined }],
  ['a search for an empty operation', { operationName: '' }],
  ['a search for spans without a duration', { durationMax: 0 }],
  ['a search for the longest', { order: 'longest-first' as const }],
])('%s says that it cannot be asked', async (_, more) => {
  await start();
  const { serviceName, ...query } = { ...QUERY, ...more };
  const asked = { ...query, ...(serviceName !== undefined && { serviceName }) };
  const unsupported = expect.objectContaining({ code: 'unsupported' });
  await expect(store.reader.findTraces(asked)).rejects.toEqual(unsupported);
  await expect(store.reader.findTraceIds(asked)).rejects.toEqual(unsupported);
  await expect(store.reader.arrivals(undefined, 1)).rejects.toEqual(unsupported);
});

it.each(['full', 'unavailable'] as const)(
  'a store behind it that is %s is so here too',
  async (code) => {
    const write = async () => {
      throw new StorageError(code, '[test] no');
    };
    await start({
      store: { reader: embedded.reader, check: () => embedded.check(), writer: { write } },
    });
    const written = store.writer.write(sampleBatch({ spans: [{ traceId: TRACE }] }));
    await expect(written).rejects.toMatchObject({ name: 'StorageError', code });
  },
);

it('the spans of a batch that go one by one have the time of one call together', async () => {
  let written = 0;
  const write = async () => {
    written++;
    await setTimeout(1000);
  };
  const server = await startServer({
    store: {
      reader: embedded.reader,
      writer: embedded.writer,
      check: () => embedded.check(),
      archive: { writer: { write }, reader: embedded.reader },
    },
  });
  store = await openGrpcStore({
    server: { host: '127.0.0.1', port: server.ports.grpc },
    callTimeoutMs: 3000,
  });
  close = async () => {
    await store.close();
    await server.close();
  };
  const spans = Array.from({ length: 400 }, () => ({ traceId: TRACE }));
  await expect(store.archive?.writer.write(sampleBatch({ spans }))).rejects.toMatchObject({
    code: 'unavailable',
  });
  expect(written).toBeLessThan(400);
});

it('a server that does not serve is unavailable', async () => {
  await start({
    store: { ...embedded, check: () => Promise.reject(new Error('away')) },
  });
  await expect(store.check()).rejects.toMatchObject({ code: 'unavailable' });
});

it('a server of ours that takes its place is known for what it is', async () => {
  const server = await startServer();
  const port = server.ports.grpc;
  store = await openGrpcStore({ server: { host: '127.0.0.1', port } });
  await store.check();
  await expect(store.reader.arrivals(undefined, 1)).rejects.toMatchObject({ code: 'unsupported' });
  await server.close();
  const ours = await startServer({ grpc: { host: '127.0.0.1', port }, ownProtocol: true });
  close = async () => {
    await store.close();
    await ours.close();
  };
  await expect
    .poll(() => store.reader.arrivals(undefined, 1).catch(() => undefined), { timeout: 10_000 })
    .toMatchObject({ spans: [] });
});

/** A server that can do no more than take spans one by one, by `take`. */
async function startSpanBySpan(take: (request: Buffer) => Promise<void>): Promise<{
  /** How often it was asked what it can. */
  readonly asked: () => number;
}> {
  const server = new Server();
  const plugins = [
    ['SpanWriterPlugin', 'WriteSpan'],
    ['ArchiveSpanWriterPlugin', 'WriteArchiveSpan'],
  ] as const;
  for (const [plugin, name] of plugins) {
    const method = (await loadService('storage.proto', `jaeger.storage.v1.${plugin}`))[name];
    if (method === undefined) throw new Error(`no ${name}`);
    const definition = { ...method, requestDeserialize: (bytes: Buffer) => bytes };
    server.addService(
      { [name]: definition },
      {
        [name](
          call: { request: Buffer },
          callback: (error: object | null, answer?: object) => void,
        ) {
          take(call.request).then(
            () => callback(null, {}),
            () => callback({ code: status.UNAVAILABLE, details: 'no' }),
          );
        },
      },
    );
  }
  let asked = 0;
  const { Capabilities } = await loadService(
    'storage.proto',
    'jaeger.storage.v1.PluginCapabilities',
  );
  if (Capabilities === undefined) throw new Error('no Capabilities');
  server.addService(
    { Capabilities },
    {
      Capabilities(_call: object, callback: (error: object) => void) {
        asked++;
        callback({ code: status.UNIMPLEMENTED, details: 'not implemented' });
      },
    },
  );
  const port = await listenGrpc(server, { component: 'test', host: '127.0.0.1', port: 0 });
  store = await openGrpcStore({ server: { host: '127.0.0.1', port } });
  close = async () => {
    await store.close();
    await closeGrpcServer(server, AbortSignal.timeout(100));
  };
  await store.check();
  return { asked: () => asked };
}

it('a server that can do no more than take spans one by one is given them so, and asked once', async () => {
  const written: Buffer[] = [];
  const { asked } = await startSpanBySpan(async (request) => void written.push(request));
  const batch = sampleBatch({ spans: [{ traceId: TRACE }, { traceId: WIDE }] });
  for (const _ of [1, 2, 3]) await store.writer.write(batch);
  const spans = written.flatMap((request) => protoBatch(request).spans());
  const all = [batch, batch, batch].flatMap(storedSpans).map(({ traceId }) => traceId);
  expect(spans.map(({ traceId }) => traceId).sort()).toEqual(all.sort());
  expect(asked()).toBe(1);
});

describe.each(['writer', 'archive'] as const)('span by span, by the %s', (by) => {
  const batch = sampleBatch({ spans: Array.from({ length: 500 }, () => ({ traceId: TRACE })) });
  const write = () => (by === 'writer' ? store : store.archive)?.writer.write(batch);

  it('no more are under way at once than may be', async () => {
    let running = 0;
    let most = 0;
    let taken = 0;
    await startSpanBySpan(async () => {
      most = Math.max(most, ++running);
      await setTimeout(1);
      running--;
      taken++;
    });
    await write();
    expect([taken, most <= 64]).toEqual([500, true]);
  });

  it('after one was refused no more are sent, and those under way have ended', async () => {
    let begun = 0;
    let ended = 0;
    await startSpanBySpan(async () => {
      const isFirst = begun++ === 0;
      if (!isFirst) await setTimeout(20);
      ended++;
      if (isFirst) throw new Error('no');
    });
    await expect(write()).rejects.toMatchObject({ code: 'unavailable' });
    expect(ended).toBe(begun);
    expect(begun).toBeLessThan(200);
  });
});

// Jaeger's remote storage over memory answers UNKNOWN.
it.each([status.UNKNOWN, status.UNIMPLEMENTED])(
  'a server that finds traces, but answers %i for their ids, is asked for traces',
  async (code) => {
    const server = new Server();
    const methods = await loadService('storage.proto', 'jaeger.storage.v1.SpanReaderPlugin');
    const { FindTraceIDs, FindTraces } = methods;
    if (FindTraceIDs === undefined || FindTraces === undefined) throw new Error('no FindTraces');
    const chunk = encodeProtoBatch(
      storedSpans(sampleBatch({ spans: [{ traceId: TRACE }, { traceId: WIDE }] })),
    );
    server.addService(
      { FindTraceIDs, FindTraces: { ...FindTraces, responseSerialize: (bytes: Buffer) => bytes } },
      {
        FindTraceIDs(_call: object, callback: (error: object) => void) {
          callback({ code, details: 'not implemented' });
        },
        FindTraces(call: ServerWritableStream<object, Uint8Array>) {
          call.write(Buffer.from(chunk));
          call.end();
        },
      },
    );
    const port = await listenGrpc(server, { component: 'test', host: '127.0.0.1', port: 0 });
    store = await openGrpcStore({ server: { host: '127.0.0.1', port } });
    close = async () => {
      await store.close();
      await closeGrpcServer(server, AbortSignal.timeout(100));
    };
    for (const _ of [1, 2]) expect(await store.reader.findTraceIds(QUERY)).toEqual([TRACE, WIDE]);
  },
);

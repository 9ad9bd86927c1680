import { createLogger, createMetrics } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { openMemoryStore } from '@spoor/storage-memory';
import { sampleBatch, text } from '@spoor/storage-testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RemoteStorageOptions, startRemoteStorage } from './remote-storage.ts';
import { dumbClient } from './testing/dumb-client.ts';

const JAEGER = 'jaeger.storage.v1';
const READER = `${JAEGER}.SpanReaderPlugin`;
const WRITER = `${JAEGER}.SpanWriterPlugin`;
const STREAM = `${JAEGER}.StreamingSpanWriterPlugin`;
const ARCHIVE_READER = `${JAEGER}.ArchiveSpanReaderPlugin`;
const ARCHIVE_WRITER = `${JAEGER}.ArchiveSpanWriterPlugin`;
const OURS = 'spoor.storage.v1.SpanStore';

/** 2023-11-14T22:13:20Z, in seconds. */
const NOW = 1_700_000_000;
const traceId = (last: number) => Buffer.from(last.toString(16).padStart(32, '0'), 'hex');

/** A span as another Jaeger's collector writes it. */
function span(trace: number, id: number, more: object = {}) {
  return {
    traceId: traceId(trace),
    spanId: Buffer.from(id.toString(16).padStart(16, '0'), 'hex'),
    operationName: 'work',
    startTime: { seconds: String(NOW), nanos: 1000 * id },
    duration: { seconds: '0', nanos: 5_000_000 },
    tags: [{ key: 'internal.span.format', vStr: 'proto' }],
    process: { serviceName: 'frontend', tags: [{ key: 'zone', vStr: 'eu' }] },
    ...more,
  };
}

let close: () => Promise<void>;
afterEach(() => close());

async function start(options: Partial<RemoteStorageOptions> = {}) {
  const memory = await openMemoryStore();
  const metrics = createMetrics();
  const server = await startRemoteStorage({
    grpc: { host: '127.0.0.1', port: 0 },
    store: memory,
    logger: createLogger({ name: 'remote', level: 'silent' }),
    metrics,
    clock: () => NOW * 1000,
    ...options,
  });
  const client = dumbClient(server.ports.grpc);
  close = async () => {
    client.close();
    await server.close(AbortSignal.timeout(100));
    await memory.close();
  };
  return { server, memory, client, metrics };
}

const OK = { code: 'OK' };
const ids = (answers: readonly object[]) =>
  answers.flatMap((answer) =>
    (answer as { spans: { spanId: Buffer }[] }).spans.map(({ spanId }) => spanId.readUInt8(7)),
  );

describe('what another Jaeger writes', () => {
  let run: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    run = await start();
  });

  it('comes back as it was written, and its format is said once', async () => {
    const written = span(1, 7, {
      references: [{ traceId: traceId(1), spanId: Buffer.alloc(8, 1), refType: 'FOLLOWS_FROM' }],
      flags: 3,
      logs: [
        {
          timestamp: { seconds: '5', nanos: 0 },
          fields: [{ key: 'n', vType: 'INT64', vInt64: '-9' }],
        },
      ],
      warnings: ['odd'],
    });
    expect(await run.client.unary(WRITER, 'WriteSpan', { span: written })).toMatchObject(OK);
    const { answers } = await run.client.stream(READER, 'GetTrace', { traceId: traceId(1) });
    expect(answers).toMatchObject([{ spans: [written] }]);
    const [
      {
        spans: [read],
      },
    ] = answers as [{ spans: [{ tags: { key: string }[] }] }];
    expect(read.tags.map(({ key }) => key)).toEqual(['internal.span.format']);
  });

  it('is stored when the stream of it is answered', async () => {
    const requests = Array.from({ length: 300 }, (_, i) => ({ span: span(1, i % 200) }));
    expect(await run.client.send(STREAM, 'WriteSpanStream', requests)).toMatchObject(OK);
    expect((await run.memory.reader.trace('0000000000000001'))?.spans).toHaveLength(300);
  });

  // Jaeger's collector opens streams for as long as it lives.
  it('is stored while the stream of it is open', async () => {
    const stream = run.client.open(STREAM, 'WriteSpanStream');
    for (const id of [1, 2]) {
      stream.write({ span: span(1, id) });
      await expect
        .poll(async () => (await run.memory.reader.trace('0000000000000001'))?.spans.length)
        .toBe(id);
    }
    stream.end();
    expect(await stream.outcome).toMatchObject(OK);
  });

  it('is refused at once if it cannot be stored, though the stream of it is open', async () => {
    const stream = run.client.open(STREAM, 'WriteSpanStream');
    await run.memory.close();
    stream.write({ span: span(1, 1) });
    expect((await stream.outcome).code).not.toBe('OK');
  });

  it('goes into the store together when it comes together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        run.client.unary(WRITER, 'WriteSpan', { span: span(1, i) }),
      ),
    );
    expect(answers.every(({ code }) => code === 'OK')).toBe(true);
    const { spans } = await run.memory.reader.arrivals(undefined, 1);
    expect(spans.length).toBeGreaterThan(1);
    expect((await run.memory.reader.trace('0000000000000001'))?.spans).toHaveLength(50);
  });

  it.each([
    ['no span', {}],
    ['a trace id of three bytes', { span: span(1, 1, { traceId: Buffer.alloc(3) }) }],
    [
      'a second of too many nanoseconds',
      { span: span(1, 1, { startTime: { seconds: '1', nanos: 2e9 } }) },
    ],
  ])('is refused with %s, and nothing beside it is', async (_, request) => {
    const [bad, good] = await Promise.all([
      run.client.unary(WRITER, 'WriteSpan', request),
      run.client.unary(WRITER, 'WriteSpan', { span: span(2, 2) }),
    ]);
    expect([bad.code, good.code]).toEqual(['INVALID_ARGUMENT', 'OK']);
    expect(await run.memory.reader.services()).toEqual(['frontend']);
    expect((await run.client.send(STREAM, 'WriteSpanStream', [request])).code).toBe(
      'INVALID_ARGUMENT',
    );
  });

  it('arrives when it comes', async () => {
    await run.client.unary(WRITER, 'WriteSpan', { span: span(1, 1) });
    expect(await run.client.unary(WRITER, 'Close', {})).toMatchObject(OK);
    expect(await run.client.unary(WRITER, 'WriteSpan', { span: span(1, 2) })).toMatchObject(OK);
  });
});

describe('what another Jaeger asks', () => {
  let run: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    run = await start();
    const spans = [
      span(1, 1, { tags: [{ key: 'span.kind', vStr: 'server' }] }),
      span(1, 2, {
        operationName: 'call',
        process: { serviceName: 'backend', tags: [] },
        references: [{ traceId: traceId(1), spanId: span(1, 1).spanId }],
      }),
      span(2, 3, {
        duration: { seconds: '2', nanos: 0 },
        tags: [{ key: 'http.status_code', vType: 'INT64', vInt64: '404' }],
      }),
    ];
    await run.client.send(
      STREAM,
      'WriteSpanStream',
      spans.map((one) => ({ span: one })),
    );
  });

  it('services, operations, capabilities, dependencies', async () => {
    const answer = async (service: string, method: string, request: object = {}) =>
      (await run.client.unary(`${JAEGER}.${service}`, method, request)).answers[0];
    expect(await answer('SpanReaderPlugin', 'GetServices')).toEqual({
      services: ['backend', 'frontend'],
    });
    const operations = (request: object) => answer('SpanReaderPlugin', 'GetOperations', request);
    expect(await operations({ service: 'frontend' })).toMatchObject({
      operations: [
        { name: 'work', spanKind: '' },
        { name: 'work', spanKind: 'server' },
      ],
    });
    expect(await operations({ service: 'frontend', spanKind: 'server' })).toMatchObject({
      operations: [{ name: 'work', spanKind: 'server' }],
    });
    expect(await answer('PluginCapabilities', 'Capabilities')).toEqual({
      archiveSpanReader: true,
      archiveSpanWriter: true,
      streamingSpanWriter: true,
    });
    const link = { parent: 'frontend', child: 'backend', callCount: '1', source: '' };
    const dependencies = (start: number, end: number) =>
      answer('DependenciesReaderPlugin', 'GetDependencies', {
        startTime: { seconds: String(start) },
        endTime: { seconds: String(end) },
      });
    expect(await dependencies(NOW - 60, NOW + 60)).toEqual({ dependencies: [link] });
    expect(await dependencies(NOW - 60, NOW - 1)).toEqual({ dependencies: [] });
  });

  const window = {
    startTimeMin: { seconds: String(NOW - 1) },
    startTimeMax: { seconds: String(NOW + 1) },
  };
  /** What Go sends for a time that was not set. */
  const unset = { seconds: '-62135596800' };
  it.each([
    ['by service', { serviceName: 'frontend', ...window, numTraces: 20 }, [3, 1, 2]],
    ['the newest', { serviceName: 'frontend', ...window, numTraces: 1 }, [3]],
    ['all, without a limit', { serviceName: 'frontend', ...window, numTraces: 0 }, [3, 1, 2]],
    ['without times', { serviceName: 'backend', startTimeMin: unset, startTimeMax: unset }, [1, 2]],
    ['without any mark', {}, [3, 1, 2]],
    ['by operation', { serviceName: 'backend', operationName: 'call', ...window }, [1, 2]],
    ['by tag', { serviceName: 'frontend', tags: { 'http.status_code': '404' }, ...window }, [3]],
    [
      'by least duration',
      { serviceName: 'frontend', durationMin: { seconds: '1' }, ...window },
      [3],
    ],
    [
      'by greatest duration',
      { serviceName: 'frontend', durationMax: { nanos: 9_000_000 }, ...window },
      [1, 2],
    ],
    [
      'in another window',
      { serviceName: 'frontend', startTimeMin: { seconds: String(NOW + 1) } },
      [],
    ],
  ])('traces: %s', async (_, query, expected) => {
    const found = await run.client.stream(READER, 'FindTraces', { query });
    expect([found.code, ids(found.answers)]).toEqual(['OK', expected]);
    const named = await run.client.unary(READER, 'FindTraceIDs', { query });
    const traces = new Set(expected.map((id) => (id === 3 ? 2 : 1)));
    expect(named.answers).toEqual([{ traceIds: [...traces].map(traceId) }]);
  });

  it.each([
    ['a trace that is not there', READER, 'GetTrace', { traceId: traceId(9) }, 'NOT_FOUND'],
    ['a trace id of no length', READER, 'GetTrace', {}, 'INVALID_ARGUMENT'],
    ['a search for nothing', READER, 'FindTraces', {}, 'INVALID_ARGUMENT'],
    [
      'an archived trace that is not there',
      ARCHIVE_READER,
      'GetArchiveTrace',
      { traceId: traceId(1) },
      'NOT_FOUND',
    ],
  ])('%s is answered by a status', async (_, service, method, request, code) => {
    expect(await run.client.stream(service, method, request)).toMatchObject({ code, answers: [] });
  });

  it('a trace by the eight bytes of its lower half', async () => {
    const { answers } = await run.client.stream(READER, 'GetTrace', {
      traceId: traceId(2).subarray(8),
    });
    expect(ids(answers)).toEqual([3]);
  });

  it('whether it serves', async () => {
    const health = (service: string) =>
      run.client.unary('grpc.health.v1.Health', 'Check', { service });
    for (const service of ['', READER, OURS])
      expect((await health(service)).answers).toEqual([{ status: 'SERVING' }]);
    expect((await health('other')).code).toBe('NOT_FOUND');
    await run.memory.close();
    expect((await health('')).answers).toEqual([{ status: 'NOT_SERVING' }]);
    expect(await run.client.unary(OURS, 'Check', {})).toMatchObject({
      code: 'UNAVAILABLE',
      details: expect.stringContaining('closed'),
    });
  });
});

it('does not serve while what it is asked fails, also if its store is there', async () => {
  const { reader, writer } = await openMemoryStore();
  const check = async () => undefined;
  const health = () => Promise.reject(new StorageError('unavailable', '[x] reading fails'));
  const { client } = await start({ store: { reader, writer, check, health } });
  const told = await client.unary('grpc.health.v1.Health', 'Check', { service: '' });
  expect(told.answers).toEqual([{ status: 'NOT_SERVING' }]);
  expect((await client.unary(OURS, 'Check', {})).code).toBe('OK');
});

describe('an archive', () => {
  it('keeps what is put into it, apart from what is stored', async () => {
    const { client } = await start();
    const written = span(1, 7, { warnings: ['odd'] });
    expect(await client.unary(ARCHIVE_WRITER, 'WriteArchiveSpan', { span: written })).toMatchObject(
      OK,
    );
    const request = { traceId: traceId(1) };
    const archived = await client.stream(ARCHIVE_READER, 'GetArchiveTrace', request);
    expect(archived).toMatchObject({ ...OK, answers: [{ spans: [written] }] });
    expect(await client.stream(READER, 'GetTrace', request)).toMatchObject({
      code: 'NOT_FOUND',
      // By these words Jaeger's client knows it.
      details: 'trace not found',
    });
  });

  it('is not there, and is said not to be, if the store has none', async () => {
    const memory = await openMemoryStore();
    const { writer, reader } = memory;
    const { client } = await start({ store: { writer, reader, check: () => memory.check() } });
    const capabilities = await client.unary(`${JAEGER}.PluginCapabilities`, 'Capabilities', {});
    expect(capabilities.answers).toEqual([
      { archiveSpanReader: false, archiveSpanWriter: false, streamingSpanWriter: true },
    ]);
    const unimplemented = { code: 'UNIMPLEMENTED' };
    const request = { traceId: traceId(1) };
    expect(await client.stream(ARCHIVE_READER, 'GetArchiveTrace', request)).toMatchObject(
      unimplemented,
    );
    const write = { span: span(1, 1) };
    expect(await client.unary(ARCHIVE_WRITER, 'WriteArchiveSpan', write)).toMatchObject(
      unimplemented,
    );
  });
});

describe('the graph of the services', () => {
  it('has the links that are written, beside the calls that are counted', async () => {
    const { client } = await start();
    const link = { parent: 'x', child: 'y', callCount: '9007199254740991', source: '' };
    const write = { timestamp: `${NOW}000000`, links: [link] };
    expect(
      await client.unary('spoor.storage.v1.DependencyStore', 'WriteLinks', write),
    ).toMatchObject(OK);
    // Without times: of all until now.
    const answer = await client.unary(`${JAEGER}.DependenciesReaderPlugin`, 'GetDependencies', {});
    expect(answer.answers).toEqual([{ dependencies: [link] }]);
  });

  it('is counted in the traces of a store that has none', async () => {
    const memory = await openMemoryStore();
    const { writer, reader } = memory;
    const { client } = await start({ store: { writer, reader, check: () => memory.check() } });
    const child = span(1, 2, {
      process: { serviceName: 'backend', tags: [] },
      references: [{ traceId: traceId(1), spanId: span(1, 1).spanId }],
    });
    for (const one of [span(1, 1), child]) await client.unary(WRITER, 'WriteSpan', { span: one });
    const asked = async (end: number) => {
      const request = { startTime: { seconds: String(NOW) }, endTime: { seconds: String(end) } };
      const service = `${JAEGER}.DependenciesReaderPlugin`;
      return (await client.unary(service, 'GetDependencies', request)).answers;
    };
    const link = { parent: 'frontend', child: 'backend', callCount: '1', source: '' };
    expect(await asked(NOW + 1)).toEqual([{ dependencies: [link] }]);
    expect(await asked(NOW)).toEqual([{ dependencies: [] }]);
  });
});

describe('a large answer', () => {
  const trace = '0000000000000001';
  const long = text('long', 'x'.repeat(2000));

  it('comes in chunks that every client takes, and in order', async () => {
    const { memory, client } = await start();
    const spans = Array.from({ length: 3000 }, (_, i) => ({
      traceId: trace,
      operation: `${i}`,
      tags: [long],
    }));
    await memory.writer.write(sampleBatch({ spans }));
    const { code, answers } = await client.stream(READER, 'GetTrace', { traceId: traceId(1) });
    const chunks = answers as { spans: { operationName: string }[] }[];
    expect(code).toBe('OK');
    expect(chunks.flatMap((chunk) => chunk.spans.map((one) => one.operationName))).toEqual(
      spans.map(({ operation }) => operation),
    );
    expect(Math.max(...chunks.map((chunk) => chunk.spans.length))).toBeLessThanOrEqual(1000);
    expect(chunks.length).toBeGreaterThan(5);
  });

  /** A store that counts how many traces are read, and is slow at it. */
  async function startSlow() {
    const memory = await openMemoryStore();
    const wanted = Array.from({ length: 200 }, (_, i) => (i + 1).toString(16).padStart(16, '0'));
    for (const id of wanted) {
      const tags = [text('large', 'x'.repeat(50_000))];
      await memory.writer.write(sampleBatch({ spans: [{ traceId: id, tags }] }));
    }
    let read = 0;
    const { reader } = memory;
    const counting = {
      services: () => reader.services(),
      operations: reader.operations.bind(reader),
      findTraces: reader.findTraces.bind(reader),
      findTraceIds: reader.findTraceIds.bind(reader),
      arrivals: reader.arrivals.bind(reader),
      async trace(id: string) {
        read++;
        await new Promise((resolve) => setTimeout(resolve, 5));
        return reader.trace(id);
      },
    };
    const run = await start({
      store: { writer: memory.writer, check: () => memory.check(), reader: counting },
    });
    return { ...run, wanted, reads: () => read };
  }

  it.each([
    ['is cancelled', { stop: 2 }, 'CANCELLED'],
    ['has a deadline', { deadline: 100 }, 'DEADLINE_EXCEEDED'],
  ])(
    'is read no further when the call %s',
    async (_, { stop, deadline }: { stop?: number; deadline?: number }, code) => {
      const { client, wanted, reads } = await startSlow();
      const limits = {
        ...(stop !== undefined && { stop }),
        ...(deadline !== undefined && { deadline: Date.now() + deadline }),
      };
      expect((await client.stream(READER, 'FindTraces', { query: {} }, limits)).code).toBe(code);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const then = reads();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(reads()).toBe(then);
      expect(then).toBeLessThan(wanted.length);
    },
  );
});

describe('a store that cannot take more', () => {
  const cases = [
    ['full', 'RESOURCE_EXHAUSTED'],
    ['unavailable', 'UNAVAILABLE'],
    ['closed', 'UNAVAILABLE'],
    ['corrupt', 'DATA_LOSS'],
  ] as const;

  it.each(cases)('%s is answered %s, with the reason', async (reason, code) => {
    const memory = await openMemoryStore();
    const write = async () => {
      throw new StorageError(reason, `[test] ${reason} it is`);
    };
    const { client, metrics } = await start({
      store: { writer: { write }, reader: memory.reader, check: () => memory.check() },
    });
    const answer = { code, details: `[test] ${reason} it is` };
    expect(await client.unary(WRITER, 'WriteSpan', { span: span(1, 1) })).toMatchObject(answer);
    expect(await client.send(STREAM, 'WriteSpanStream', [{ span: span(1, 1) }])).toMatchObject(
      answer,
    );
    const { batch } = sampleBatch({ spans: [{ traceId: '0000000000000001' }] });
    const request = { encoding: 'JAEGER_THRIFT_COMPACT', format: 'JAEGER', batch: batch.bytes };
    expect(await client.unary(OURS, 'WriteBatch', request)).toMatchObject(answer);
    expect(await metrics.text()).toContain('spoor_remote_storage_spans_total{result="err"} 3');
  });

  it('too many bytes at once are refused until there is room', async () => {
    const memory = await openMemoryStore();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let writing = false;
    const write: typeof memory.writer.write = async (stored) => {
      writing = true;
      await held;
      await memory.writer.write(stored);
    };
    const { client } = await start({
      store: { writer: { write }, reader: memory.reader, check: () => memory.check() },
      queueBytes: 1000,
    });
    const large = { span: span(1, 1, { operationName: 'x'.repeat(900) }) };
    const first = client.send(STREAM, 'WriteSpanStream', [large]);
    await expect.poll(() => writing).toBe(true);
    await expect
      .poll(async () => (await client.send(STREAM, 'WriteSpanStream', [large])).code)
      .toBe('RESOURCE_EXHAUSTED');
    release();
    expect((await first).code).toBe('OK');
    expect((await client.send(STREAM, 'WriteSpanStream', [large])).code).toBe('OK');
  });
});

it('what a client has given up on is waited for when the server closes', async () => {
  const memory = await openMemoryStore();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let writing = false;
  const write = async () => {
    writing = true;
    await held;
  };
  const { server, client } = await start({
    store: { writer: { write }, reader: memory.reader, check: () => memory.check() },
  });
  const stream = client.open(STREAM, 'WriteSpanStream');
  stream.write({ span: span(1, 1) });
  await expect.poll(() => writing).toBe(true);
  stream.cancel();
  expect((await stream.outcome).code).toBe('CANCELLED');
  const closed = server.close(AbortSignal.timeout(60_000));
  // Rejects meanwhile if it does not wait.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 100))]);
  release();
  await closed;
});

it('a batch of an encoding or a format that is not known is refused', async () => {
  const { client } = await start();
  for (const request of [
    { format: 'JAEGER' },
    { encoding: 9, format: 'JAEGER' },
    { encoding: 'JAEGER_PROTO', format: 9 },
    { encoding: 'JAEGER_THRIFT_BINARY', batch: Buffer.from('no batch') },
  ])
    expect((await client.unary(OURS, 'WriteBatch', request)).code).toBe('INVALID_ARGUMENT');
});

it('a held port is one line that names the flag', async () => {
  const { client: _client } = await start();
  const memory = await openMemoryStore();
  const { createServer } = await import('node:net');
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  const second = startRemoteStorage({
    grpc: { host: '127.0.0.1', port },
    store: memory,
    logger: createLogger({ name: 'remote', level: 'silent' }),
    metrics: createMetrics(),
  });
  await expect(second).rejects.toThrow(
    new RegExp(
      `^\\[remote-storage\\] cannot bind 127.0.0.1:${port}: already in use by .*--grpc.host-port$`,
    ),
  );
  holder.close();
});

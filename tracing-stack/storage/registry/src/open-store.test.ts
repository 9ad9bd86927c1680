import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFlags } from '@spoor/platform';
import { sampleBatch } from '@spoor/storage-testkit';
import { expect, it, vi } from 'vitest';
import { storageFlags, storageOptions } from './flags.ts';
import { openStore } from './open-store.ts';

it('opens the embedded store, for writing and for reading', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-registry-'));
  const writing = await openStore({ embedded: { directory } });
  const reading = await openStore({ type: 'embedded', readOnly: true, embedded: { directory } });
  expect(await reading.reader.services()).toEqual([]);
  await expect(openStore({ embedded: { directory } })).rejects.toThrow(`pid ${process.pid}`);
  await reading.close();
  await writing.close();
  await rm(directory, { recursive: true, force: true });
});

it('opens the memory store within its bounds', async () => {
  const store = await openStore({ type: 'memory', memory: { maxTraces: 1 } });
  for (const traceId of ['00000000000000aa', '00000000000000bb']) {
    await store.writer.write(sampleBatch({ service: traceId, spans: [{ traceId }] }));
  }
  expect(await store.reader.services()).toEqual(['00000000000000bb']);
  await store.close();
});

it.each([
  [{}, []],
  [{ writeOnly: true }, ["no query service can read this collector's memory"]],
  [{ readOnly: true }, ["no collector can write into this query service's memory"]],
])('a memory store opened with %j says what it is not good for', async (options, said) => {
  const warnings: string[] = [];
  const ignore = () => {};
  const warn = (_: object, message: string) => void warnings.push(message);
  const logger = { debug: ignore, info: ignore, warn, error: ignore };
  const store = await openStore({ type: 'memory', logger, ...options });
  expect(warnings).toEqual(
    said.map((reason) => `${reason}: SPAN_STORAGE_TYPE=memory is for all-in-one`),
  );
  await store.close();
});

it.each([
  [
    {},
    {
      type: 'embedded',
      embedded: { maxBytes: 8_589_934_592, maxMemoryBytes: 1_073_741_824 },
      memory: { maxTraces: 0, maxBytes: 268_435_456 },
    },
  ],
  [
    { SPAN_STORAGE_TYPE: 'memory', MEMORY_MAX_TRACES: '5000', MEMORY_MAX_BYTES: '1000000' },
    { type: 'memory', memory: { maxTraces: 5000, maxBytes: 1_000_000 } },
  ],
  [
    {
      SPAN_STORAGE_TYPE: 'cassandra',
      CASSANDRA_SERVERS: 'one, two:9043',
      CASSANDRA_CONSISTENCY: 'LOCAL_QUORUM',
      CASSANDRA_TIMEOUT: '2s',
      CASSANDRA_INDEX_LOGS: 'false',
      CASSANDRA_INDEX_TAG_BLACKLIST: 'sql.query',
      CASSANDRA_TLS_ENABLED: 'true',
    },
    {
      type: 'cassandra',
      cassandra: {
        servers: ['one', 'two:9043'],
        port: 9042,
        keyspace: 'jaeger_v1_test',
        consistency: 'localQuorum',
        callTimeoutMs: 2000,
        createSchema: false,
        index: { logs: false, tags: true, blacklist: ['sql.query'], whitelist: [] },
        tls: { enabled: true },
      },
    },
  ],
  [
    {
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_SERVER_URLS: 'http://one:9200, https://two',
      ES_TIMEOUT: '30s',
      ES_NUM_SHARDS: '3',
      ES_NUM_REPLICAS: '0',
      ES_INDEX_PREFIX: 'pfx',
      ES_INDEX_ROLLOVER_FREQUENCY_SPANS: 'hour',
      ES_BULK_FLUSH_INTERVAL: '50ms',
      ES_CREATE_INDEX_TEMPLATES: 'false',
      ES_TAGS_AS_FIELDS_INCLUDE: 'http.method,error',
      ES_TLS_SKIP_HOST_VERIFY: 'true',
    },
    {
      type: 'elasticsearch',
      elasticsearch: {
        serverUrls: ['http://one:9200', 'https://two'],
        timeoutMs: 30_000,
        shards: 3,
        replicas: 0,
        indexPrefix: 'pfx',
        indexDateSeparator: '-',
        spanRollover: 'hour',
        serviceRollover: 'day',
        createTemplates: false,
        maxSpanAgeMs: 259_200_000,
        bulk: { actions: 1000, bytes: 5_000_000, workers: 1, flushIntervalMs: 50 },
        tagsAsFields: { all: false, include: ['http.method', 'error'], dotReplacement: '@' },
        tls: { enabled: false, skipHostVerify: true },
      },
    },
  ],
  [
    {
      SPAN_STORAGE_TYPE: 'elasticsearch',
      ES_USERNAME: 'elastic',
      ES_INDEX_PREFIX: 'pfx',
      ES_TAGS_AS_FIELDS_INCLUDE: 'error',
      ES_ARCHIVE_ENABLED: 'true',
      ES_ARCHIVE_SERVER_URLS: 'http://archive:9200',
      ES_ARCHIVE_NUM_SHARDS: '1',
    },
    {
      elasticsearch: {
        archive: {
          serverUrls: ['http://archive:9200'],
          username: 'elastic',
          indexPrefix: '',
          shards: 1,
          replicas: 1,
          tagsAsFields: { all: false, include: ['error'], dotReplacement: '@' },
        },
      },
    },
  ],
  [
    {
      CASSANDRA_SERVERS: 'one',
      CASSANDRA_USERNAME: 'user',
      CASSANDRA_RECONNECT_INTERVAL: '2s',
      CASSANDRA_ARCHIVE_ENABLED: 'true',
      CASSANDRA_ARCHIVE_KEYSPACE: 'kept',
      CASSANDRA_ARCHIVE_PORT: '9043',
    },
    {
      cassandra: {
        archive: {
          servers: ['one'],
          username: '',
          keyspace: 'kept',
          port: 9043,
          maxAttempts: 3,
          reconnectIntervalMs: 2000,
          tls: { enabled: false },
        },
      },
    },
  ],
])('the environment %j asks for it by the names of Jaeger', async (env, asked) => {
  const flags = await parseFlags({
    component: 'all-in-one',
    summary: '',
    flags: storageFlags,
    argv: [],
    env,
  });
  const options = storageOptions(flags);
  expect(options).toMatchObject({ ...asked, embedded: { directory: '.spoor/data' } });
  expect('archive' in options.elasticsearch).toBe('ES_ARCHIVE_ENABLED' in env);
  expect('archive' in options.cassandra).toBe('CASSANDRA_ARCHIVE_ENABLED' in env);
});

it.each([
  [
    { SPAN_STORAGE_TYPE: 'casandra' },
    'SPAN_STORAGE_TYPE: expected one of embedded, memory, grpc, cassandra, elasticsearch, got "casandra"',
  ],
  [{ CASSANDRA_CONSISTENCY: 'ANY' }, 'a span could be acknowledged that no server has'],
  [{ CASSANDRA_CONSISTENCY: 'most' }, 'expected one of ONE'],
  [
    { CASSANDRA_INDEX_TAG_BLACKLIST: 'a', CASSANDRA_INDEX_TAG_WHITELIST: 'b' },
    'only one of cassandra.index.tag-blacklist and cassandra.index.tag-whitelist',
  ],
  [{ ES_USE_ILM: 'true' }, 'es.use-ilm goes with es.use-aliases'],
  [
    { ES_ARCHIVE_ENABLED: 'true', ES_ARCHIVE_USE_ILM: 'true' },
    'es.use-ilm goes with es.use-aliases',
  ],
])('the environment %j is refused', async (env, why) => {
  const options = { component: 'all-in-one', summary: '', flags: storageFlags, argv: [], env };
  await expect(parseFlags(options).then(storageOptions)).rejects.toThrow(why);
});

it.each([
  [{ keyspace: 'a-b' }, '[cassandra] "a-b" is no keyspace'],
  [{ archive: { keyspace: 'a-b' } }, '[cassandra] "a-b" is no keyspace'],
  [
    { keyspace: 'jaeger', archive: { keyspace: 'jaeger' } },
    '[cassandra] the archive needs another keyspace than jaeger, where spans expire',
  ],
])('a keyspace that cannot be one is refused: %j', async (cassandra, why) => {
  await expect(openStore({ type: 'cassandra', cassandra })).rejects.toThrow(why);
});

it.each([
  [{ ES_SERVER_URLS: 'localhost:9200' }, 'expected http://HOST:PORT, got "localhost:9200"'],
  [
    { ES_SERVER_URLS: 'elastic:SECRET@one:9200' },
    /ES_SERVER_URLS: expected http:\/\/HOST:PORT, got what may hold a password$/,
  ],
  [{ ES_INDEX_PREFIX: 'Upper' }, 'expected what the name of an index may begin with'],
  [{ ES_INDEX_DATE_SEPARATOR: '/' }, 'expected what the name of an index may hold, got "/"'],
  [{ ES_INDEX_ROLLOVER_FREQUENCY_SPANS: 'week' }, 'expected one of day, hour'],
  [{ ES_BULK_ACTIONS: '0' }, 'expected a whole number of at least 1'],
])('the environment %j is refused', async (env, why) => {
  const options = { component: 'all-in-one', summary: '', flags: storageFlags, argv: [], env };
  await expect(parseFlags(options)).rejects.toThrow(why);
});

it('opens the elasticsearch store without a server, and says where there is none', async () => {
  const asked = { serverUrls: ['http://127.0.0.1:1'] };
  const store = await openStore({ type: 'elasticsearch', elasticsearch: asked });
  await expect(store.check()).rejects.toThrow('[elasticsearch] cannot reach 127.0.0.1:1: ');
  await expect(store.reader.services()).rejects.toMatchObject({ code: 'unavailable' });
  const batch = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });
  await expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'unavailable' });
  await store.close();
});

it('finds an elasticsearch unwell that is there and answers no search, until it does', async () => {
  let status = 503;
  const server = createServer((request, response) => {
    const isThere = request.url === '/';
    response.writeHead(isThere ? 200 : status, {
      'Content-Type': 'application/json',
      'X-Elastic-Product': 'Elasticsearch',
    });
    const found = { hits: { hits: [] }, aggregations: {} };
    response.end(JSON.stringify(isThere ? { version: { number: '8.0.0' } } : found));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const store = await openStore({
    type: 'elasticsearch',
    readOnly: true,
    elasticsearch: { serverUrls: [`http://127.0.0.1:${port}`] },
  });
  await expect(store.health()).resolves.toBeUndefined();
  await expect(store.reader.services()).rejects.toThrow('answered 503');
  // It asks for some seconds before it gives up, longer than health waits.
  await expect(store.health()).rejects.toThrow(
    'did not answer within 2 s; reading failed before: [elasticsearch] answered 503',
  );
  status = 200;
  const soon = { timeout: 20_000, interval: 100 };
  await vi.waitFor(async () => expect(await store.health()).toBeUndefined(), soon);
  await store.close();
  server.close();
  server.closeAllConnections();
});

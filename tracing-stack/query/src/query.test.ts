import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { exchange } from '@spoor/fixtures';
import { type KeyValue, type Process, parseTraceId, type Trace } from '@spoor/model';
import { createLogger, createMetrics } from '@spoor/platform';
import { type SpanReader, type SpanStore, StorageError } from '@spoor/storage-api';
import { openStore } from '@spoor/storage-registry';
import { decodeEmitBatch, encodeEmitBatch } from '@spoor/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Query, type QueryOptions, startQuery } from './query.ts';
import { ask } from './testing/ask.ts';
import { HOUR, NOW, span, text, write } from './testing/stored-spans.ts';
import { tracesFromJson } from './testing/trace-from-json.ts';

const logger = createLogger({ name: 'query', level: 'silent' });

let directory: string;
let store: SpanStore;
let query: Query;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-query-'));
  store = await openStore({ embedded: { directory: join(directory, 'data') } });
  query = await start();
});

afterAll(async () => {
  await query.close();
  await store.close();
  await rm(directory, { recursive: true });
});

function start(more: Partial<QueryOptions> = {}): Promise<Query> {
  return startQuery({
    http: { host: '127.0.0.1', port: 0 },
    store,
    clock: () => NOW / 1000,
    logger,
    metrics: createMetrics(),
    ...more,
  });
}

const check = async () => undefined;

async function json(path: string) {
  const { body } = await ask(query.ports.http, path);
  return JSON.parse(body.toString());
}

describe('with an empty store', () => {
  test.each([
    'query-empty-services',
    'query-empty-traces',
    'query-empty-ops',
    'query-empty-ops2',
    'query-operations-missing',
    'query-trace-notfound',
    'query-trace-bad',
    'query-trace-toolong',
    'query-search-noservice',
    'query-search-emptyservice',
    'query-search-traceids-bad',
    'query-search-badstart',
    'query-search-badend',
    'query-search-badlimit',
    'query-search-limitbig',
    'query-search-badmin',
    'query-search-badmax',
    'query-search-maxltmin',
    'query-search-badtag',
    'query-search-badtags',
    'query-search-tags-nonstring',
    'query-traces-post',
    'query-traces-put',
    'query-options',
    'query-head',
    'query-static-missing',
    'query-empty-deps',
    'query-deps-badend',
    'query-deps-badlookback',
    'query-metrics-noservice',
    'query-metrics-noquantile',
    'query-metrics-badkind',
    'query-metrics-badgroup',
    'query-archive-bad',
    'query-archive-get',
  ])('answers %s as Jaeger did', async (name) => {
    const recorded = exchange(`query/${name}`);
    const { status, headers, body } = await ask(query.ports.http, recorded.path, {
      method: recorded.method,
    });
    expect(status).toBe(recorded.status);
    expect(body.toString()).toBe(recorded.body);
    for (const header of ['content-type', 'x-content-type-options', 'content-length', 'vary']) {
      expect([header, headers[header]]).toEqual([header, recorded.headers.get(header)]);
    }
    expect('traceresponse' in headers).toBe(recorded.headers.has('traceresponse'));
  });
});

describe('with traces', () => {
  const FRONT: Process = { serviceName: 'Odd Service/Name?', tags: [text('hostname', 'host-a')] };
  const BACK: Process = { serviceName: 'back', tags: [] };
  const root = span('ab', '1', {
    operationName: 'GET /<b>',
    process: FRONT,
    tags: [
      text('span.kind', 'server'),
      { key: 'big', type: 'int64', value: 9007199254740993n },
      { key: 'ratio', type: 'float64', value: 0.25 },
      { key: 'bin', type: 'binary', value: Uint8Array.of(0, 255) },
      { key: 'error', type: 'bool', value: true },
    ],
    logs: [{ timestamp: NOW - HOUR, fields: [text('b', '1'), text('event', 'start')] }],
  });
  const child = span('ab', '2', {
    startTime: NOW - HOUR + 100,
    references: [{ refType: 'CHILD_OF', traceId: root.traceId, spanId: root.spanId }],
    process: BACK,
    tags: [text('peer', 'p')],
    duration: 200_000,
  });
  const wide = span('ab0000000000000fed', '3', { process: BACK, startTime: NOW - 2 * HOUR });
  const old = span('0ed', '4', { process: BACK, startTime: NOW - 100 * HOUR });
  const future = span('f', '5', { process: BACK, startTime: NOW + HOUR });
  const odd = span('e3', '6', {
    process: { serviceName: 'nan', tags: [] },
    tags: [{ key: 'n', type: 'float64', value: Number.NaN }],
    duration: -5,
  });

  beforeAll(async () => {
    await write(store, FRONT, root);
    await write(store, BACK, child, wide, old, future);
    await write(store, odd.process, odd);
  });

  function idsOf(answer: { data: { traceID: string }[] }): string[] {
    return answer.data.map(({ traceID }) => traceID.replace(/^0+/, ''));
  }

  test('lists services and operations with their number', async () => {
    expect(await json('/api/services')).toEqual({
      data: ['Odd Service/Name?', 'back', 'nan'],
      total: 3,
      limit: 0,
      offset: 0,
      errors: null,
    });
    const operations = '/api/services/Odd%20Service%2FName%3F/operations';
    expect(await json(operations)).toMatchObject({ data: ['GET /<b>'], total: 1 });
    const byKind = '/api/operations?service=Odd+Service%2FName%3F&spanKind=';
    const server = [{ name: 'GET /<b>', spanKind: 'server' }];
    expect(await json(`${byKind}server`)).toMatchObject({ data: server, total: 1 });
    expect(await json(byKind)).toMatchObject({ data: server, total: 1 });
    expect(await json(`${byKind}client`)).toMatchObject({ data: [], total: 0 });
  });

  test('calls every kind that Jaeger does not know unspecified', async () => {
    const unspecified = { data: [{ name: 'o', spanKind: 'unspecified' }], total: 1 };
    expect(await json('/api/operations?service=back')).toMatchObject(unspecified);
    expect(await json('/api/operations?service=back&spanKind=unspecified')).toMatchObject(
      unspecified,
    );
    expect(await json('/api/operations?service=back&spanKind=sideways')).toMatchObject({
      data: [],
    });
  });

  test("reads a plus in a service's path as a space", async () => {
    expect(await json('/api/services/Odd+Service%2FName%3F/operations')).toMatchObject({
      data: ['GET /<b>'],
    });
  });

  test.each<[string, [string, string, number][]]>([
    ['', [['Odd Service/Name?', 'back', 1]]],
    ['service=back', [['Odd Service/Name?', 'back', 1]]],
    ['service=nan', []],
    ['lookback=1000', []],
    [`endTs=${(NOW - HOUR) / 1000 + 1}`, [['Odd Service/Name?', 'back', 1]]],
    [`endTs=${(NOW - HOUR) / 1000}`, []],
  ])('/api/dependencies?%s', async (parameters, links) => {
    const data = links.map(([parent, child, callCount]) => ({ parent, child, callCount }));
    expect(await json(`/api/dependencies?${parameters}`)).toEqual({
      data,
      total: 0,
      limit: 0,
      offset: 0,
      errors: null,
    });
  });

  test('says so where the store has no archive', async () => {
    const without = await start({ store: { reader: store.reader, check } });
    const { status, body } = await ask(without.ports.http, '/api/archive/ab', { method: 'POST' });
    expect(status).toBe(500);
    expect(body.toString()).toContain('"msg":"archive span storage was not configured"');
    await without.close();
  });

  test('a trace that is archived, however often, is there once when the store has it no more', async () => {
    const archive = store.archive ?? expect.fail('no archive');
    for (const _ of [1, 2])
      expect((await ask(query.ports.http, '/api/archive/ab', { method: 'POST' })).status).toBe(200);
    expect((await archive.reader.trace(root.traceId))?.spans).toHaveLength(2);
    const unknown = await ask(query.ports.http, '/api/archive/abcdef', { method: 'POST' });
    expect(unknown.status).toBe(404);
    const reader: SpanReader = {
      services: async () => [],
      operations: async () => [],
      trace: async () => undefined,
      findTraces: async () => [],
      findTraceIds: async () => [],
      arrivals: async () => ({ spans: [], cursor: '' }),
    };
    const later = await start({ store: { reader, archive, check } });
    const { body } = await ask(later.ports.http, '/api/traces/ab?raw=true');
    const stored = await ask(query.ports.http, '/api/traces/ab?raw=true');
    expect(tracesFromJson(body.toString())[0]?.spans).toEqual(
      expect.arrayContaining([...(tracesFromJson(stored.body.toString())[0]?.spans ?? [])]),
    );
    await later.close();
  });

  test('what came over TChannel is adjusted also with raw=true, but for the order of its tags', async () => {
    const tags: KeyValue[] = [
      { key: 'peer.ipv4', type: 'int64', value: 2130706433n },
      { key: 'b', type: 'int64', value: 2n ** 62n },
    ];
    const sent = span('cd', '1', {
      tags,
      logs: [{ timestamp: 1, fields: [text('b', ''), text('a', '')] }],
    });
    const batch = decodeEmitBatch(encodeEmitBatch({ serviceName: 'old', tags: [] }, [sent], 1));
    const stored = { batch, format: 'jaeger', addedTags: [], arrivalTime: NOW } as const;
    await store.writer.write({ ...stored, overTChannel: true });
    const raw = await ask(query.ports.http, '/api/traces/cd?raw=true');
    const read = await ask(query.ports.http, '/api/traces/cd');
    expect(raw.body).toEqual(read.body);
    expect(raw.body.toString()).toContain(
      '"tags":[{"key":"peer.ipv4","type":"string","value":"127.0.0.1"},{"key":"b","type":"int64","value":4611686018427387904}',
    );
    expect(raw.body.toString()).toContain('"fields":[{"key":"a"');
  });

  test('a search is never raw', async () => {
    const tags = async (path: string) =>
      (await json(path)).data[0].spans[0].tags.map(({ key }: { key: string }) => key);
    expect(await tags('/api/traces?traceID=ab&raw=true')).toEqual(await tags('/api/traces/ab'));
    expect(await tags('/api/traces/ab?raw=true')).not.toEqual(await tags('/api/traces/ab'));
  });

  test('goes on in the trace of the request', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    const { headers } = await ask(query.ports.http, '/api/services', { headers: { traceparent } });
    expect(headers['traceresponse']).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  });

  test.each(['ab', 'AB', '00000000000000ab', '000000000000000000000000000000ab'])(
    'finds a trace by the spelling %s of its id',
    async (id) => {
      const { headers, body } = await ask(query.ports.http, `/api/traces/${id}`);
      expect(headers['content-type']).toBe('application/json');
      const [trace] = tracesFromJson(body.toString());
      expect(trace?.traceId).toBe('00000000000000ab');
      expect(trace?.spans).toHaveLength(2);
      const fields = trace?.spans[0]?.logs[0]?.fields.map(({ key }) => key);
      expect(fields).toEqual(['event', 'b']);
      expect(body.toString()).toContain('"GET /\\u003cb\\u003e"');
    },
  );

  test('gives with raw=true what was stored, in the order of arrival', async () => {
    const { body } = await ask(query.ports.http, '/api/traces/ab?raw=true');
    const format = text('internal.span.format', 'jaeger');
    expect(tracesFromJson(body.toString())).toEqual([
      {
        traceId: root.traceId,
        spans: [
          { ...root, tags: [...root.tags.map(comparable), format] },
          { ...child, tags: [...child.tags, format] },
        ],
        warnings: [],
      },
    ]);
  });

  /** Bytes come back as a Buffer. */
  function comparable(tag: KeyValue): KeyValue {
    return tag.type === 'binary' ? { ...tag, value: Buffer.from(tag.value) } : tag;
  }

  test('sets its answer out with prettyPrint=true', async () => {
    const plain = await ask(query.ports.http, '/api/traces/ab?prettyPrint=false');
    const pretty = await ask(query.ports.http, '/api/traces/ab?prettyPrint=true');
    expect(plain.body.toString()).not.toContain('\n');
    expect(pretty.body.toString()).toMatch(/^{\n {4}"data": \[\n {8}{\n {12}"traceID"/);
    expect(tracesFromJson(pretty.body.toString())).toEqual(tracesFromJson(plain.body.toString()));
  });

  test('a NaN and a negative duration harm neither their trace nor a search', async () => {
    const answer = await json('/api/traces?service=nan');
    const [tag] = answer.data[0].spans[0].tags.filter((t: { key: string }) => t.key === 'n');
    expect(tag).toEqual({ key: 'n', type: 'float64', value: 'NaN' });
    expect((await ask(query.ports.http, '/api/traces/e3')).body.toString()).toContain(
      '"duration":18446744073709551611',
    );
  });

  test.each<[string, string[]]>([
    ['service=back', ['ab', 'ab0000000000000fed']],
    ['service=back&limit=1', ['ab']],
    ['service=back&limit=0', ['ab', 'ab0000000000000fed']],
    [`service=back&start=${NOW - 200 * HOUR}`, ['ab', 'ab0000000000000fed', 'ed']],
    [`service=back&end=${NOW + 2 * HOUR}`, ['f', 'ab', 'ab0000000000000fed']],
    [`service=back&start=${NOW}&end=${NOW - HOUR}`, []],
    ['service=back&lookback=240h', ['ab', 'ab0000000000000fed']],
    ['service=back&minDuration=200ms', ['ab']],
    ['service=back&minDuration=1ms&maxDuration=1ms', ['ab0000000000000fed']],
    ['service=back&maxDuration=999us', []],
    ['service=back&operation=o&tag=peer:p', ['ab']],
    ['service=back&operation=zzz', []],
    ['service=Odd+Service%2FName%3F&tags={"big":"9007199254740993","hostname":"host-a"}', ['ab']],
    ['service=Odd+Service%2FName%3F&tags={"ratio":"0.25","bin":"00ff"}&tag=error:true', ['ab']],
    ['service=Odd+Service%2FName%3F&tag=event:start', ['ab']],
    ['service=Odd+Service%2FName%3F&tag=peer:p', []],
    ['traceID=ab&traceID=ED', ['ab', 'ed']],
    ['allServices=true&limit=2', ['ab', 'e3']],
    ['allServices=true&limit=1&operation=o&sort=longest-first', ['ab']],
    ['allServices=true&tag=hostname:host-a', ['ab']],
  ])('/api/traces?%s', async (parameters, ids) => {
    const answer = await json(`/api/traces?${parameters}`);
    expect(idsOf(answer)).toEqual(ids);
    expect(answer).toMatchObject({ total: 0, errors: null });
  });

  test('names the traces it does not have', async () => {
    const answer = await json('/api/traces?traceID=ab&traceID=1234');
    expect(idsOf(answer)).toEqual(['ab']);
    expect(answer.errors).toEqual([{ msg: 'trace not found', traceID: '0000000000001234' }]);
  });

  test('sends gzip to who takes it, small answers and large', async () => {
    const process = { serviceName: 'large', tags: [] };
    const large = (at: number) =>
      span('1a', `${at}`, { process, tags: [text('t', 'x'.repeat(300))] });
    for (let at = 1; at <= 900; at += 100)
      await write(store, process, ...Array.from({ length: 100 }, (_, i) => large(at + i)));
    for (const path of ['/api/services', '/api/traces/1a']) {
      const plain = await ask(query.ports.http, path);
      const headers = { 'Accept-Encoding': 'deflate, gzip;q=0.5' };
      const zipped = await ask(query.ports.http, path, { headers });
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
      expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
      expect(() => JSON.parse(plain.body.toString())).not.toThrow();
    }
    const refused = await ask(query.ports.http, '/api/services', {
      headers: { 'Accept-Encoding': 'gzip;q=0' },
    });
    expect(refused.headers['content-encoding']).toBeUndefined();
  });
});

describe("Jaeger's own UI", () => {
  let uiDirectory: string;

  beforeAll(async () => {
    uiDirectory = join(directory, 'jaeger-ui');
    await mkdir(uiDirectory);
    const marks = ['CONFIG', 'STORAGE_CAPABILITIES', 'BACKEND_CAPABILITIES', 'VERSION'];
    const page = marks.map((mark) => `JAEGER_${mark} = DEFAULT_${mark};`).join('\n');
    await writeFile(join(uiDirectory, 'index.html'), page);
  });

  async function page(more: Partial<QueryOptions>): Promise<string> {
    const other = await start({ uiDirectory, ...more });
    const { body } = await ask(other.ports.http, '/jaeger/search');
    await other.close();
    return body.toString();
  }

  test.each([true, false])('is told what the store can do: archive %s', async (archiveStorage) => {
    const { reader, archive } = store;
    const told = await page({
      store: { reader, check, ...(archiveStorage && archive && { archive }) },
    });
    const can = JSON.stringify({ archiveStorage, metricsStorage: true });
    expect(told).toContain(`JAEGER_STORAGE_CAPABILITIES = ${can};\n`);
    expect(told).toContain(
      `JAEGER_BACKEND_CAPABILITIES = ${can.replace('}', ',"aiAssistant":false}')};\n`,
    );
    expect(told).toContain('JAEGER_CONFIG = DEFAULT_CONFIG;\n');
  });

  test('is not offered an archive that only another program can write', async () => {
    const embedded = { directory: join(directory, 'data') };
    const reading = await openStore({ readOnly: true, embedded });
    expect(await page({ store: reading })).toContain('{"archiveStorage":false,');
    await reading.close();
  });

  test('is configured by a file', async () => {
    const uiConfigFile = join(directory, 'ui.json');
    await writeFile(uiConfigFile, '{"dependencies": {"menuEnabled": false}}');
    expect(await page({ uiConfigFile, basePath: '/jaeger' })).toContain(
      'JAEGER_CONFIG = {"dependencies":{"menuEnabled":false}};\n',
    );
  });

  test('with a file that cannot be read keeps the service from starting', async () => {
    const uiConfigFile = join(directory, 'none.json');
    await expect(page({ uiConfigFile })).rejects.toThrow('[query] --query.ui-config: cannot read');
  });
});

test("a trace may be asked for by its id in base64, as Jaeger 2's UI does", async () => {
  await write(store, { serviceName: 'base64', tags: [] }, span('fbef', '1', {}));
  for (const id of ['AAAAAAAAAAAAAAAAAAD77w%3D%3D', 'AAAAAAAA--8', 'AAAAAAAA%2B%2B8%3D'])
    for (const path of ['/api/traces', '/api/v3/traces'])
      expect([id, (await ask(query.ports.http, `${path}/${id}`)).status]).toEqual([id, 200]);
});

test('a trace that is named several times is answered once', async () => {
  const answer = await json('/api/traces?traceID=5e&traceID=5E&traceID=000000000000005e');
  const missing = { msg: 'trace not found', traceID: '000000000000005e' };
  expect(answer).toMatchObject({ data: [], errors: [missing] });
});

describe('an answer of several traces', () => {
  const IDS = ['a1', 'a2', 'a3', 'a4'].map((id) => parseTraceId(id) ?? '');
  const LAST = IDS[IDS.length - 1];
  const BY_ID = `/api/traces?${IDS.map((id) => `traceID=${id}`).join('&')}`;
  const BY_SEARCH = '/api/traces?service=s&limit=0';

  /** Traces too large to be sent with another; of the last one what `last` gives. */
  function readerOf(last: () => Promise<Trace>): SpanReader {
    const tags = [text('t', 'x'.repeat(200_000))];
    const large = (traceId: string) => ({
      traceId,
      spans: [span(traceId, '1', { tags })],
      warnings: [],
    });
    return {
      services: async () => [],
      operations: async () => [],
      trace: async (id) => (id === LAST ? last() : large(id)),
      findTraces: () => Promise.reject(new Error('all at once')),
      findTraceIds: async () => IDS,
      arrivals: async () => ({ spans: [], cursor: '' }),
    };
  }

  function gate(): { opened: Promise<void>; open: () => void } {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { opened, open };
  }

  test.each([BY_ID, BY_SEARCH])('is sent while it is read: %s', async (path) => {
    const { opened, open } = gate();
    const reader = readerOf(async () => {
      await opened;
      return { traceId: LAST ?? '', spans: [span(LAST ?? '', '1')], warnings: [] };
    });
    const metrics = createMetrics();
    const slow = await start({ store: { reader, check }, metrics });
    const { status, body } = await ask(slow.ports.http, path, { onData: open });
    expect(status).toBe(200);
    expect(tracesFromJson(body.toString()).map(({ traceId }) => traceId)).toEqual(IDS);
    const [operation, count] = path === BY_ID ? ['get_trace', IDS.length] : ['find_traces', 1];
    expect(await metrics.text()).toContain(
      `jaeger_query_requests_total{operation="${operation}",result="ok"} ${count}`,
    );
    await slow.close();
  });

  test.each([BY_ID, `${BY_SEARCH}&prettyPrint=true`])(
    'breaks off if the store fails half-way: %s',
    async (path) => {
      const { opened, open } = gate();
      const reader = readerOf(async () => {
        await opened;
        throw new StorageError('unavailable', '[x] gone');
      });
      const failing = await start({ store: { reader, check } });
      await expect(ask(failing.ports.http, path, { onData: open })).rejects.toThrow('aborted');
      await failing.close();
    },
  );

  test.each([`/api/traces?traceID=${LAST}`, '/api/traces?service=s'])(
    'is 503 if the store fails before any of it is sent: %s',
    async (path) => {
      const reader = {
        ...readerOf(() => Promise.reject(new StorageError('unavailable', '[x] gone'))),
        findTraceIds: async () => [LAST ?? ''],
      };
      const metrics = createMetrics();
      const failing = await start({ store: { reader, check }, metrics });
      expect((await ask(failing.ports.http, path)).status).toBe(503);
      expect(await metrics.text()).toMatch(/jaeger_query_requests_total{[^}]*result="err"} 1/);
      await failing.close();
    },
  );
});

describe('when the store fails', () => {
  test('the API says why with 503 until it is well again; the pages are served', async () => {
    let reason: StorageError | undefined = new StorageError(
      'unavailable',
      '[embedded] no data yet',
    );
    const waiting = await start({
      store: {
        reader: store.reader,
        check: async () => {
          if (reason) throw reason;
        },
      },
    });
    const { status, headers, body } = await ask(waiting.ports.http, '/api/services');
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
    expect(JSON.parse(body.toString()).errors).toEqual([
      { code: 503, msg: '[embedded] no data yet' },
    ]);
    expect((await ask(waiting.ports.http, '/api/traces', { method: 'POST' })).status).toBe(405);
    reason = undefined;
    expect((await ask(waiting.ports.http, '/api/services')).status).toBe(200);
    await waiting.close();
  });

  test('one that can take no more is still read', async () => {
    const full = new StorageError('full', '[embedded] the disk is full');
    const reading = await start({
      store: { reader: store.reader, check: () => Promise.reject(full) },
    });
    expect((await ask(reading.ports.http, '/api/services')).status).toBe(200);
    await reading.close();
  });

  test('an unexpected error is a 500 with its message, and is logged', async () => {
    const lines: string[] = [];
    const failing = await start({
      store: {
        reader: store.reader,
        check: () => Promise.reject(new TypeError('out of cheese')),
      },
      logger: createLogger({ name: 'query', destination: { write: (line) => lines.push(line) } }),
    });
    const { status, body } = await ask(failing.ports.http, '/api/services');
    expect(status).toBe(500);
    expect(JSON.parse(body.toString()).errors).toEqual([{ code: 500, msg: 'out of cheese' }]);
    expect(lines.join()).toContain('out of cheese');
    await failing.close();
  });
});

test('POST /api/transform gives OTLP as the UI reads it; what is none is refused, and no fault of ours', async () => {
  const lines: string[] = [];
  const service = await start({
    logger: createLogger({ name: 'query', destination: { write: (line) => lines.push(line) } }),
  });
  const post = (body: string) =>
    fetch(`http://127.0.0.1:${service.ports.http}/api/transform`, { method: 'POST', body });
  const spans = [{ traceId: `${'0'.repeat(30)}ab`, spanId: '0000000000000001', name: 'paid' }];
  const answer = await post(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  expect(answer.status).toBe(200);
  const [trace] = tracesFromJson(await answer.text());
  expect([trace?.traceId, trace?.spans[0]?.operationName]).toEqual(['00000000000000ab', 'paid']);
  const refused = await post('{"resourceSpans": 1}');
  expect(refused.status).toBe(500);
  expect(await refused.text()).toContain('cannot unmarshal OTLP : ');
  expect(lines.join()).not.toContain('request failed');
  await service.close();
});

test('serves the API below its base path, and the page everywhere else', async () => {
  const below = await start({ basePath: '/jaeger' });
  const typeAt = async (path: string) =>
    (await ask(below.ports.http, path)).headers['content-type'];
  expect(await typeAt('/jaeger/api/services')).toBe('application/json');
  const pages = ['/api/services', '/', '/jaeger', '/jaeger/', '/jaegerx/api/services'];
  for (const path of [...pages, '/JAEGER/api/services', '/jaeger/API/services'])
    expect([path, await typeAt(path)]).toEqual([path, 'text/html; charset=utf-8']);
  const { headers } = await ask(below.ports.http, '/jaeger//api/services');
  expect(headers.location).toBe('/jaeger/api/services');
  await below.close();
});

test('sends additional headers with every answer', async () => {
  const more = await start({ additionalHeaders: new Map([['x-extra', '1,2']]) });
  for (const path of ['/api/services', '/api/traces', '/', '/static/nothing.js'])
    expect((await ask(more.ports.http, path)).headers['x-extra']).toBe('1,2');
  await more.close();
});

test.each([
  ['/api/services/%zz/operations', '%zz'],
  ['/api/services/q%zzs/operations', '%zz'],
  ['/api/services/q%e/operations', '%e'],
  ['/api/traces/1%', '%'],
  ['/api/archive/%x1', '%x1'],
])("a path that is not well escaped is the client's error: %s", async (path, bad) => {
  const method = path.includes('archive') ? 'POST' : 'GET';
  const { status, headers, body } = await ask(query.ports.http, path, { method });
  expect(status).toBe(400);
  expect(headers).toHaveProperty('traceresponse');
  expect(JSON.parse(body.toString())).toEqual({
    data: null,
    total: 0,
    limit: 0,
    offset: 0,
    errors: [{ code: 400, msg: `invalid URL escape "${bad}"` }],
  });
});

test('a service in bytes that are no UTF-8 is one that is not there', async () => {
  expect(await json('/api/services/%ff/operations')).toMatchObject({ data: null, errors: null });
});

test.each([
  '/API/services',
  '/api/Services',
  '/api/SERVICES/back/operations',
  '/api/traces/',
  '/api/services/a/b/operations',
])('what is spelled otherwise than the API is the page: %s', async (path) => {
  const { headers } = await ask(query.ports.http, path);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

test.each([
  ['//api/services', '/api/services'],
  ['/api/./services?a=//b?c', '/api/services?a=//b?c'],
  ['/static//x.js', '/static/x.js'],
])('%s is asked for again at the clean path', async (path, location) => {
  const { status, headers, body } = await ask(query.ports.http, path);
  expect([status, headers.location, body.length]).toEqual([301, location, 0]);
});

test('a client that leaves in the middle of an answer harms nobody, and close does not wait for one that stalls', async () => {
  const process = { serviceName: 'long', tags: [] };
  const tags = [text('t', 'x'.repeat(20_000))];
  const spans = Array.from({ length: 300 }, (_, at) => span('2b', `${at}`, { process, tags }));
  await write(store, process, ...spans);
  const lines: string[] = [];
  const left = await start({
    logger: createLogger({
      name: 'query',
      level: 'warn',
      destination: { write: (line) => lines.push(line) },
    }),
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port: left.ports.http, path: '/api/traces/2b' }, resolve).on(
      'error',
      reject,
    );
  });
  answer.once('data', () => answer.destroy());
  await new Promise((resolve) => answer.once('close', resolve));
  expect((await ask(left.ports.http, '/api/services')).status).toBe(200);
  const stalled = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port: left.ports.http, path: '/api/traces/2b' }, resolve).on(
      'error',
      reject,
    );
  });
  stalled.on('error', () => undefined);
  await left.close();
  expect(lines).toEqual([]);
});

test("counts what is asked, by Jaeger's names", async () => {
  const metrics = createMetrics();
  const counted = await start({ metrics });
  await ask(counted.ports.http, '/api/services');
  await ask(counted.ports.http, '/api/traces/5555');
  const exposed = await metrics.text();
  expect(exposed).toContain('jaeger_query_requests_total{operation="get_services",result="ok"} 1');
  expect(exposed).toContain('jaeger_query_requests_total{operation="get_trace",result="err"} 1');
  expect(exposed).toContain('jaeger_query_latency_count{operation="get_services",result="ok"} 1');
  await counted.close();
});

test('shows what was given, in billionths as Jaeger does, and what was not asked as 0', async () => {
  const metrics = createMetrics();
  const ids = ['a1', 'a2'].map((id) => parseTraceId(id) ?? '');
  const reader: SpanReader = {
    ...store.reader,
    services: async () => ['a', 'b', 'c'],
    trace: async (traceId) =>
      ids.includes(traceId) ? { traceId, spans: [span(traceId, '1')], warnings: [] } : undefined,
    findTraceIds: async () => ids,
  };
  const counted = await start({ metrics, store: { reader, check } });
  const port = counted.ports.http;
  await ask(port, '/api/services');
  await ask(port, '/api/traces/5555');
  await ask(port, '/api/traces?service=a');
  await ask(port, '/api/metrics/errors?service=a');
  const lines = new Set((await metrics.text()).split('\n'));
  const shown = (name: string, labels: string) =>
    [...lines].find((line) => line.startsWith(`jaeger_query_${name}{${labels}} `))?.split(' ')[1];
  expect(Number(shown('responses_sum', 'operation="get_services"'))).toBe(3 / 1e9);
  expect(shown('responses_count', 'operation="get_services"')).toBe('1');
  expect(shown('responses_bucket', 'le="0.005",operation="get_services"')).toBe('1');
  expect(shown('responses_count', 'operation="find_traces"')).toBe('1');
  expect(Number(shown('responses_sum', 'operation="find_traces"'))).toBe(2 / 1e9);
  expect(shown('responses_count', 'operation="get_operations"')).toBe('0');
  expect(shown('requests_total', 'operation="get_trace",result="err"')).toBe('1');
  expect(shown('requests_total', 'operation="get_error_rates",result="ok"')).toBe('1');
  expect(shown('requests_total', 'operation="get_latencies",result="ok"')).toBe('0');
  expect(shown('latency_count', 'operation="get_operations",result="ok"')).toBe('0');
  await counted.close();
});

test('additional routes are served below the base path, before API and UI', async () => {
  const seen: (string | undefined)[] = [];
  const other = await start({
    basePath: '/jaeger',
    additionalRoutes: [
      {
        path: '/api/lessons',
        handler(request, response, next) {
          seen.push(request.url);
          if (request.url === '/none') next();
          else response.end('ours');
        },
      },
    ],
  });
  const { http } = other.ports;
  expect((await ask(http, '/jaeger/api/lessons/3?lang=en')).body.toString()).toBe('ours');
  expect((await ask(http, '/jaeger/api/lessons/none')).body.toString()).not.toBe('ours');
  expect((await ask(http, '/jaeger/api/services')).status).toBe(200);
  expect((await ask(http, '/api/lessons')).body.toString()).not.toBe('ours');
  expect(seen).toEqual(['/3?lang=en', '/none']);
  await other.close();
});

import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import zlib, { gzipSync } from 'node:zlib';
import { Client, credentials, type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { captures, exchange, recordedRequests } from '@spoor/fixtures';
import { StorageError } from '@spoor/storage-api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CollectorOptions } from '../collector.ts';
import { FREE, runCollector } from '../testing/collector-run.ts';
import { postHttp } from '../testing/post.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: Partial<CollectorOptions> = {}) {
  const run = await runCollector({ otlpGrpc: FREE, otlpHttp: FREE, ...options });
  const { otlpGrpc = 0, otlpHttp = 0 } = run.collector.ports;
  const client = new Client(`127.0.0.1:${otlpGrpc}`, credentials.createInsecure());
  open.push(client, run);
  const post = (body: Uint8Array | string | undefined, options: Parameters<typeof postHttp>[2]) =>
    postHttp(otlpHttp, typeof body === 'string' ? Buffer.from(body) : body, {
      path: '/v1/traces',
      ...options,
    });
  return { ...run, post, exportTraces: (request: Uint8Array) => exportTraces(client, request) };
}

interface ExportAnswer {
  readonly code: string;
  readonly response: Buffer | undefined;
  readonly metadata: Metadata | undefined;
}

function exportTraces(client: Client, request: Uint8Array): Promise<ExportAnswer> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      (bytes: Uint8Array) => Buffer.from(bytes),
      (bytes) => bytes,
      request,
      (error: ServiceError | null, response?: Buffer) =>
        resolve({ code: status[error?.code ?? status.OK], response, metadata: error?.metadata }),
    );
  });
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const PROTO_TYPE = { 'Content-Type': 'application/x-protobuf' };
const [GRPC] = captures(4317);
const PROTO = captures(4318).find(({ name }) => /proto/.test(name))?.bytes as Uint8Array;
const GOOD = exchange('collector/otlp-proto').requestBody as Uint8Array;

const RECORDED = recordedRequests().filter(({ port }) => port === 4318);

describe('what was asked of a real collector is answered as it answered', () => {
  test.each(RECORDED)('$name: $method $path', async ({ name }) => {
    const { post, store } = await start();
    const recorded = exchange(`collector/${name}`);
    const { method, path, requestHeaders: headers, requestBody } = recorded;
    const answer = await post(requestBody, { method, path, headers });
    expect(answer.status).toBe(recorded.status);
    expect(answer.body).toBe(Buffer.from(recorded.bytes).toString());
    for (const header of ['content-type', 'content-length', 'vary'])
      expect(answer.headers[header]).toBe(recorded.headers.get(header));
    expect(store.written.map(({ format }) => format)).toEqual(
      recorded.status === 200 ? ['otlp'] : [],
    );
  });
});

test.each(captures(4318))('what a real client posted is stored: $name', async ({ name, bytes }) => {
  const { post, store } = await start();
  const headers = /json/.test(name) ? JSON_TYPE : PROTO_TYPE;
  const plain = await post(bytes, { headers });
  const zipped = await post(gzipSync(bytes), {
    headers: { ...headers, 'Content-Encoding': 'gzip' },
  });
  expect([plain.status, zipped.status]).toEqual([200, 200]);
  const [first, second] = store.written.map(({ batch }) => batch.spans());
  expect(first?.length).toBeGreaterThan(0);
  expect(second).toEqual(first);
});

test('what a real client exported is stored', async () => {
  const { exportTraces, store, sum } = await start();
  const answer = await exportTraces(GRPC?.bytes as Uint8Array);
  expect([answer.code, answer.response?.toString('hex')]).toEqual(['OK', '0a00']);
  const count = store.written[0]?.batch.index().count ?? 0;
  expect(count).toBeGreaterThan(0);
  expect(await sum('spans_received_total', { format: 'otlp', transport: 'grpc' })).toBe(count);
});

test('no spans are a success, and nothing is stored', async () => {
  const { post, exportTraces, store } = await start();
  expect((await post('{}', { headers: JSON_TYPE })).body).toBe('{"partialSuccess":{}}');
  expect((await exportTraces(new Uint8Array(0))).code).toBe('OK');
  expect(store.written).toEqual([]);
});

describe('what is not stored is refused so that its sender keeps it', () => {
  test.each([
    ['full', 503, 8, 'RESOURCE_EXHAUSTED'],
    ['unavailable', 503, 14, 'UNAVAILABLE'],
  ] as const)('when the store is %s', async (reason, http, rpc, code) => {
    const { post, exportTraces, store } = await start();
    store.fail(new StorageError(reason, 'not now'));
    const inJson = await post('{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}', {
      headers: JSON_TYPE,
    });
    expect(inJson.status).toBe(http);
    expect(Number(inJson.headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.parse(inJson.body)).toMatchObject({ code: rpc });
    const inProto = await post(GOOD, { headers: PROTO_TYPE });
    expect([inProto.status, inProto.headers['content-type']]).toEqual([
      http,
      'application/x-protobuf',
    ]);
    expect(inProto.body.charCodeAt(1)).toBe(rpc);
    expect(inProto.body).toContain('google.rpc.RetryInfo');
    const answer = await exportTraces(GOOD);
    expect(answer.code).toBe(code);
    // Without it OTLP's clients give up what is RESOURCE_EXHAUSTED.
    const [details] = answer.metadata?.get('grpc-status-details-bin') ?? [];
    expect(Buffer.from(details as Buffer).toString('latin1')).toContain('google.rpc.RetryInfo');
  });

  test('when it cannot be read', async () => {
    const { post, exportTraces, store, metrics } = await start();
    const cut = PROTO.subarray(0, -1);
    const answer = await post(cut, { headers: PROTO_TYPE });
    expect([answer.status, answer.body.charCodeAt(1)]).toEqual([400, 3]);
    expect((await exportTraces(cut)).code).toBe('INVALID_ARGUMENT');
    expect(store.written).toEqual([]);
    const text = await metrics.text();
    for (const transport of ['http', 'grpc'])
      expect(text).toContain(
        `spoor_collector_batches_rejected_total{reason="unreadable",transport="${transport}"} 1`,
      );
  });

  test('when it is too large', async () => {
    const { post, exportTraces } = await start({
      otlpHttp: { ...FREE, maxBodyBytes: 1000 },
      otlpGrpc: { ...FREE, maxMessageBytes: 1000 },
    });
    const large = await post(Buffer.alloc(1001, 0x20), { headers: JSON_TYPE });
    expect([large.status, JSON.parse(large.body).code]).toEqual([413, 8]);
    const inProto = await post(Buffer.alloc(1001), { headers: PROTO_TYPE });
    expect([inProto.status, inProto.body.charCodeAt(1)]).toEqual([413, 8]);
    expect(inProto.body).not.toContain('RetryInfo');
    const bomb = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };
    expect((await post(gzipSync(Buffer.alloc(1e6)), { headers: bomb })).status).toBe(413);
    expect((await exportTraces(Buffer.alloc(1001))).code).toBe('RESOURCE_EXHAUSTED');
  });
});

test('what has no room to grow without its compression is to come back', async () => {
  const { collector, post } = await start({ queueBytes: 1e6 });
  const headers = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };
  const zipped = gzipSync(`{}${' '.repeat(2e6)}`);
  const slow = connect(collector.ports.otlpHttp as number, '127.0.0.1');
  open.push({ close: () => slow.destroy() });
  slow.write('POST /v1/traces HTTP/1.1\r\nHost: collector\r\nContent-Type: application/json\r\n');
  slow.write('Content-Length: 100\r\n\r\n{');
  // The first byte is known to have arrived once another body has no room beside it.
  await vi.waitFor(async () => {
    const refused = await post(zipped, { headers });
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([503, 8]);
    expect(refused.headers['retry-after']).toBe('1');
  }, SOON);
  slow.destroy();
  await vi.waitFor(async () => expect((await post(zipped, { headers })).status).toBe(200), SOON);
});

describe('zstd', () => {
  const HAS_ZSTD = 'zstdDecompress' in zlib;
  const headers = { ...PROTO_TYPE, 'Content-Encoding': 'zstd' };
  /** What the zstd program made of a request with one span. */
  const REQUEST = Buffer.from(
    'KLUv/SRYfQIAZAQKVgoYChYKDHNlcnZpY2UubmFtZRIGCgR6c3RkEjoKABI2ChAACrwSCAAKvCIAKgJvcDnAONpA3JbsGEEAe+lA3JbsGHoAAgBA0D3AE+x7GmA=',
    'base64',
  );
  /** A million zeros. */
  const BOMB = Buffer.from(
    'KLUv/QRoTAAACAABAPz/ORACAgAQAAIAEAACABAAAgAQAAIAEAACABAAAxIKAMyuyjk=',
    'base64',
  );
  /** Five zeros, for which the reader is to keep 128 MB ready. */
  const WIDE = Buffer.from('28b52ffd00882900000000000000', 'hex');

  test('is read where Node can, within the same bounds, and refused where it cannot', async () => {
    const { post, store } = await start({ otlpHttp: { ...FREE, maxBodyBytes: 1000 } });
    const good = await post(REQUEST, { headers });
    const bomb = await post(BOMB, { headers });
    const wide = await post(WIDE, { headers });
    const noZstd = await post(GOOD.subarray(0, 100), { headers });
    const answers = [good, bomb, wide, noZstd].map(({ status }) => status);
    expect(answers).toEqual(HAS_ZSTD ? [200, 413, 400, 400] : [415, 415, 415, 415]);
    expect(store.written.map(({ batch }) => batch.index().count)).toEqual(HAS_ZSTD ? [1] : []);
    if (HAS_ZSTD) expect(wide.body).toContain('memory');
    else expect(good.body).toContain('Content-Encoding zstd needs Node 22.15 or later');
  });

  test('over gRPC is refused with what may be sent instead', async () => {
    const { collector } = await start();
    const frame = Buffer.concat([Buffer.of(1, 0, 0, 0, REQUEST.length), REQUEST]);
    for (const [port, path] of [
      [collector.ports.otlpGrpc, '/opentelemetry.proto.collector.trace.v1.TraceService/Export'],
      [collector.ports.grpc, '/jaeger.api_v2.CollectorService/PostSpans'],
    ] as const) {
      const session = connectHttp2(`http://127.0.0.1:${port}`);
      open.push(session);
      const call = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-encoding': 'zstd',
      });
      call.end(frame);
      const [answer] = await once(call, 'response');
      expect(answer).toMatchObject({
        'grpc-status': String(status.UNIMPLEMENTED),
        'grpc-accept-encoding': 'identity,deflate,gzip',
      });
    }
  });
});

test.each([
  ['/v1/metrics', 404],
  ['/', 404],
  ['/v1/traces?x=1', 200],
])('%s is answered with %i', async (path, code) => {
  const { post } = await start();
  expect((await post('{}', { path, headers: JSON_TYPE })).status).toBe(code);
});

test('pages of other sites may send if they are allowed to', async () => {
  const crossOrigin = { allowedOrigins: ['http://*.example'], allowedHeaders: [] };
  const { post } = await start({ otlpHttp: { ...FREE, crossOrigin } });
  const headers = { ...JSON_TYPE, Origin: 'http://a.example' };
  const asked = await post(undefined, {
    method: 'OPTIONS',
    headers: { ...headers, 'Access-Control-Request-Method': 'POST' },
  });
  expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([
    204,
    'http://a.example',
  ]);
  expect(asked.headers['access-control-allow-headers']).toContain('content-type');
  const sent = await post('{}', { headers });
  expect(sent.headers['access-control-allow-origin']).toBe('http://a.example');
});

test('nobody listens unless told to', async () => {
  const { collector } = await start({ otlpGrpc: undefined, otlpHttp: undefined });
  expect(Object.keys(collector.ports)).not.toContain('otlpGrpc');
  expect(Object.keys(collector.ports)).not.toContain('otlpHttp');
});

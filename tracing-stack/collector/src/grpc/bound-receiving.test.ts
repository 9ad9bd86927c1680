import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { type ClientDuplexStream, credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import { captures } from '@spoor/fixtures';
import { loadService } from '@spoor/platform/grpc';
import { afterEach, expect, test, vi } from 'vitest';
import type { CollectorOptions } from '../collector.ts';
import { type CollectorRun, FREE, runCollector } from '../testing/collector-run.ts';
import { MessageLengths } from './message-lengths.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const REQUEST = captures(14250)[0]?.bytes as Uint8Array;
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: Partial<CollectorOptions>): Promise<CollectorRun> {
  const run = await runCollector({ otlpGrpc: FREE, ...options });
  open.push(run);
  return run;
}

async function session(port: number): Promise<ClientHttp2Session> {
  const made = connect(`http://127.0.0.1:${port}`);
  open.push({ close: () => made.destroy() });
  await once(made, 'connect');
  return made;
}

const POST_SPANS = '/jaeger.api_v2.CollectorService/PostSpans';
const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** A call that is open on our side. */
function call(session: ClientHttp2Session, path: string, more: object = {}): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...more,
  });
  stream.on('error', () => undefined);
  stream.resume();
  return stream;
}

/** The prefix of a message. */
function prefix(length: number, isCompressed = false): Buffer {
  const bytes = Buffer.from([isCompressed ? 1 : 0, 0, 0, 0, 0]);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

const rejected = (reason: string) =>
  `spoor_collector_batches_rejected_total{reason="${reason}",transport="grpc"} 1\n`;

test.each([
  ['grpc', POST_SPANS],
  ['otlpGrpc', EXPORT],
] as const)('a message on %s that does not get whole in time is ended', async (port, path) => {
  const limits = { ...FREE, requestTimeoutMs: 200 };
  const { collector, metrics } = await start({ grpc: limits, otlpGrpc: limits });
  const slow = call(await session(collector.ports[port] as number), path);
  const closed = once(slow, 'close');
  slow.write(Buffer.concat([prefix(1000), Buffer.alloc(10)]));
  const [answer] = await once(slow, 'response');
  expect(answer['grpc-status']).toBe('4');
  await closed;
  expect(await metrics.text()).toContain(rejected('too-slow'));
});

test('so is a call that sends nothing at all', async () => {
  const { collector } = await start({ grpc: { ...FREE, requestTimeoutMs: 200 } });
  const silent = call(await session(collector.ports.grpc), POST_SPANS);
  const [answer] = await once(silent, 'response');
  expect(answer['grpc-status']).toBe('4');
});

test('a call that is whole may take as long as the store does', async () => {
  const { store, postGrpc } = await start({ grpc: { ...FREE, requestTimeoutMs: 100 } });
  store.hold();
  const answer = postGrpc(REQUEST);
  await vi.waitFor(() => expect(store.held).toBe(1), SOON);
  await new Promise((resolve) => setTimeout(resolve, 200));
  store.release();
  expect((await answer).code).toBe('OK');
});

test('messages that are being received are bounded over all connections', async () => {
  const { collector, postGrpc, metrics, store } = await start({ queueBytes: 100_000 });
  const first = await session(collector.ports.grpc);
  const second = await session(collector.ports.grpc);
  const slow = call(first, POST_SPANS);
  slow.write(Buffer.concat([prefix(1_000_000), Buffer.alloc(60_000)]));
  const other = call(second, POST_SPANS);
  other.write(Buffer.concat([prefix(1_000_000), Buffer.alloc(60_000)]));
  const answers = [slow, other].map((stream) => once(stream, 'response'));
  const [answer] = await Promise.race(answers);
  expect(answer['grpc-status']).toBe('8');
  // So that OTLP's clients come again.
  expect(answer['grpc-status-details-bin']).toBeDefined();
  expect(await metrics.text()).toContain(rejected('queue-full'));
  first.destroy();
  second.destroy();
  expect((await postGrpc(REQUEST)).code).toBe('OK');
  expect(store.written).toHaveLength(1);
});

test('a compressed message counts with what it may grow to, and alone has its place', async () => {
  const { collector, store } = await start({ queueBytes: 10_000 });
  const zipped = gzipSync(REQUEST);
  const message = Buffer.concat([prefix(zipped.length, true), zipped]);
  const gzip = { 'grpc-encoding': 'gzip' };
  const own = await session(collector.ports.grpc);
  const alone = call(own, POST_SPANS, gzip);
  alone.end(message);
  await once(alone, 'end');
  expect(store.written).toHaveLength(1);
  const slow = call(own, POST_SPANS);
  await new Promise((resolve) => slow.write(prefix(1000), resolve));
  const refused = call(own, POST_SPANS, gzip);
  refused.end(message);
  const [answer] = await once(refused, 'response');
  expect(answer['grpc-status']).toBe('8');
});

test('a stream of requests may rest between them', async () => {
  const { collector } = await start({ grpc: { ...FREE, requestTimeoutMs: 100 } });
  const name = 'grpc.reflection.v1.ServerReflection';
  const Client = makeGenericClientConstructor(await loadService('reflection.proto', name), name);
  const client = new Client(`127.0.0.1:${collector.ports.grpc}`, credentials.createInsecure());
  open.push(client);
  const asked = client['ServerReflectionInfo']?.() as unknown as ClientDuplexStream<object, object>;
  const answers: object[] = [];
  asked.on('data', (answer) => answers.push(answer));
  for (let asks = 1; asks <= 2; asks++) {
    asked.write({ listServices: '' });
    await vi.waitFor(() => expect(answers).toHaveLength(asks), SOON);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  asked.end();
});

test('a stream of requests that was answered already is ended with its status', async () => {
  const { collector } = await start({ grpc: { ...FREE, requestTimeoutMs: 200 } });
  const own = await session(collector.ports.grpc);
  const asked = call(own, '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo');
  const listServices = Buffer.from([0x3a, 0]);
  asked.write(Buffer.concat([prefix(listServices.length), listServices]));
  await once(asked, 'data');
  asked.write(Buffer.concat([prefix(1000), Buffer.alloc(10)]));
  const [trailers] = await once(asked, 'trailers');
  expect(trailers['grpc-status']).toBe('4');
});

test('the lengths of compressed messages are found wherever they are cut', () => {
  const bytes = Buffer.concat([
    ...[prefix(3, true), Buffer.alloc(3), prefix(4), Buffer.alloc(4)],
    ...[prefix(0, true), prefix(300, true), Buffer.alloc(300), prefix(9, true), Buffer.alloc(8)],
  ]);
  for (const size of [1, 2, 7, 64, bytes.length]) {
    const lengths = new MessageLengths();
    const found: number[] = [];
    for (let at = 0; at < bytes.length; at += size)
      found.push(...lengths.compressed(bytes.subarray(at, at + size)));
    expect(found).toEqual([3, 0, 300]);
  }
});

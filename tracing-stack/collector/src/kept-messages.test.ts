import { gzipSync } from 'node:zlib';
import { Client, credentials } from '@grpc/grpc-js';
import { captures } from '@spoor/fixtures';
import {
  binaryBatch,
  decodeCallReq,
  decodeSubmitBatches,
  dissect,
  FrameSplitter,
  FrameType,
  type KeptMessage,
  MessageRing,
} from '@spoor/wire';
import { afterEach, expect, test } from 'vitest';
import { FREE, runCollector } from './testing/collector-run.ts';
import { postHttp } from './testing/post.ts';
import { callFrames, tchannelPeer } from './testing/tchannel-peer.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(maxBytes = 1_000_000) {
  const ring = new MessageRing(maxBytes);
  const run = await runCollector({ zipkin: FREE, otlpGrpc: FREE, otlpHttp: FREE, ring });
  open.push(run);
  return { ring, run, ports: run.collector.ports };
}

function captured(port: number, start: string): Uint8Array {
  return captures(port).find(({ name }) => name.startsWith(start))?.bytes as Uint8Array;
}

/** What is kept of the trace that `sent` carries. */
function kept(ring: MessageRing, layout: KeptMessage['layout'], sent: Uint8Array) {
  const [span] = dissect(layout, sent).spans;
  return ring.carrying(span?.traceId ?? '');
}

const THRIFT = captured(14268, 'go-seed-grpc-http');

test.each([
  ['http', '/api/traces?format=jaeger.thrift', 'application/x-thrift', 'jaeger-thrift', THRIFT],
  [
    'zipkin',
    '/api/v1/spans',
    'application/x-thrift',
    'zipkin-thrift',
    captured(9411, 'java-zipkin-thrift'),
  ],
  ['zipkin', '/api/v1/spans', 'application/json', 'zipkin-v1-json', captured(9411, 'zipkinjs-v1')],
  [
    'zipkin',
    '/api/v2/spans',
    'application/json',
    'zipkin-v2-json',
    captured(9411, 'zipkingo-json'),
  ],
  [
    'zipkin',
    '/api/v2/spans',
    'application/x-protobuf',
    'zipkin-proto',
    captured(9411, 'zipkingo-proto'),
  ],
  [
    'otlpHttp',
    '/v1/traces',
    'application/json',
    'otlp-json',
    captured(4318, 'oteljs-kitchen-otlp-json'),
  ],
  [
    'otlpHttp',
    '/v1/traces',
    'application/x-protobuf',
    'otlp-proto',
    captured(4318, 'oteljs-kitchen-otlp-proto'),
  ],
] as const)('a body to %s%s of type %s is kept as %s', async (door, path, type, layout, body) => {
  const { ring, ports } = await start();
  const port = ports[door] ?? 0;
  const answer = await postHttp(port, body, { path, headers: { 'Content-Type': type } });
  expect(answer.status).toBeLessThan(300);
  const [message, ...more] = kept(ring, layout, body);
  expect(more).toEqual([]);
  expect(message).toMatchObject({
    layout,
    transport: 'http',
    port,
    sender: { address: '127.0.0.1' },
    request: `POST ${path.split('?')[0]}`,
  });
  expect(message?.compressed).toBeUndefined();
  expect(Buffer.compare(message?.bytes ?? Buffer.alloc(0), body)).toBe(0);
});

test('a compressed body is kept without its compression, which is told', async () => {
  const { ring, ports } = await start();
  const body = captured(9411, 'zipkingo-json');
  const sent = gzipSync(body);
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  await postHttp(ports.zipkin ?? 0, sent, {
    path: '/api/v2/spans',
    headers: { ...headers, 'Content-Length': sent.length },
  });
  const [message] = kept(ring, 'zipkin-v2-json', body);
  expect(message?.compressed).toEqual({ by: 'gzip', bytes: sent.length });
  expect(message?.bytes.length).toBe(body.length);
});

test.each([
  [
    'grpc',
    '/jaeger.api_v2.CollectorService/PostSpans',
    'jaeger-grpc',
    captured(14250, 'agent-new-go-inner'),
  ],
  [
    'otlpGrpc',
    '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    'otlp-grpc',
    captured(4317, 'otelpy-kitchen-otlp-grpc'),
  ],
] as const)('a message to the port of %s is kept', async (door, path, layout, body) => {
  const { ring, ports } = await start();
  const port = ports[door] ?? 0;
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  open.push(client);
  await new Promise((resolve, reject) => {
    const asIs = (bytes: Uint8Array) => Buffer.from(bytes);
    client.makeUnaryRequest(path, asIs, asIs, body, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
  const [message] = kept(ring, layout, body);
  expect(message).toMatchObject({ layout, transport: 'grpc', port, request: path });
  expect(message?.sender.address).toBe('127.0.0.1');
  expect(message?.sender.port).toBeGreaterThan(1024);
  expect(Buffer.compare(message?.bytes ?? Buffer.alloc(0), body)).toBe(0);
});

/** The struct of the arguments that an agent sent. */
function submitted(): Buffer {
  const stream = Buffer.from(captured(14267, 'agent-old-go-inner/001'));
  for (const frame of new FrameSplitter().split(stream)) {
    if (frame.type !== FrameType.callReq) continue;
    const arg3 = decodeCallReq(frame).fragment.chunks[2];
    if (arg3) return arg3;
  }
  throw new Error('no call');
}

test.each([65_535, 300])(
  'a call of TChannel in frames of %d bytes at most is kept, frame by frame',
  async (maxFrameBytes) => {
    const { ring, ports } = await start();
    const arg3 = submitted();
    const frames = callFrames(7, arg3, { maxFrameBytes });
    const peer = await tchannelPeer(ports.tchannel);
    peer.send(...frames);
    await peer.answer(7);
    peer.socket.destroy();
    const [first] = decodeSubmitBatches(arg3).flatMap((batch) => batch.spans());
    const [message] = ring.carrying(first?.traceId ?? '');
    expect(message).toMatchObject({
      layout: 'tchannel-call',
      transport: 'tchannel',
      port: ports.tchannel,
      request: 'Collector::submitBatches',
    });
    expect(Buffer.compare(message?.bytes ?? Buffer.alloc(0), Buffer.concat(frames))).toBe(0);
  },
);

test('nothing is kept of what comes from the same process, and nothing without a ring', async () => {
  const { ring, run } = await start();
  await run.collector.submit(binaryBatch(THRIFT), 'jaeger');
  expect(ring.state().messages).toBe(0);
  const off = await start(0);
  await postHttp(off.ports.http, THRIFT);
  expect(off.ring.state().messages).toBe(0);
});

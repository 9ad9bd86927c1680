import { EventEmitter, once } from 'node:events';
import {
  credentials,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import {
  background,
  constSampler,
  contextWithSpan,
  InMemoryReporter,
  spanFromContext,
  Tracer,
} from '@spoor/client';
import * as opentracing from 'opentracing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gRPCClientInterceptor } from './client-interceptor.ts';
import { Greeter, type HelloReply, type HelloRequest } from './grpc/index.ts';
import { callContext, gRPCServerInterceptor } from './server-interceptor.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const METHOD = '/protos.Greeter/SayHello';

/** What was logged; emptied before each test. */
const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    logged.push(
      String(chunk)
        .replace(/^[\d/]+ [\d:]+ /, '')
        .trimEnd(),
    );
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

function traced(serviceName: string) {
  const reporter = new InMemoryReporter();
  const tracer = new Tracer({ serviceName, sampler: constSampler(true), reporter });
  return { tracer, spans: reporter.spans };
}

const hello: handleUnaryCall<HelloRequest, HelloReply> = ({ request: { name } }, callback) => {
  if (name === 'boom') callback({ code: status.INTERNAL, details: 'boom' });
  else callback(null, { msg: `Hello ${name}` });
};

interface PairOptions {
  readonly clientTracer?: opentracing.Tracer;
  readonly handler?: handleUnaryCall<HelloRequest, HelloReply>;
}

/** A server and a client of it, both traced. */
async function pair({ clientTracer, handler = hello }: PairOptions = {}) {
  const [asking, answering] = [traced('asking'), traced('answering')];
  const received: Metadata[] = [];
  const server = new Server({ interceptors: [gRPCServerInterceptor(answering.tracer)] });
  server.addService(Greeter.service, {
    SayHello: ((call, callback) => {
      received.push(call.metadata);
      handler(call, callback);
    }) as typeof hello,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = new Greeter(`127.0.0.1:${port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
    interceptors: [gRPCClientInterceptor(clientTracer ?? asking.tracer)],
  });
  return {
    asking,
    answering,
    /** The metadata of each call, as the server got it. */
    received,
    client,
    server,
    call: (name: string, metadata = new Metadata(), context = background()) =>
      new Promise<string>((resolve, reject) => {
        client.SayHello({ name }, metadata, { context }, (error: ServiceError | null, reply) =>
          reply ? resolve(reply.msg) : reject(error),
        );
      }),
    async [Symbol.asyncDispose]() {
      client.close();
      server.forceShutdown();
    },
  };
}

/** Tags or fields by their keys. */
const record = (pairs: readonly { key: string; value: unknown }[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, value]));

const CLIENT_TAGS = { 'span.kind': 'client', component: 'gRPC' };
const SERVER_TAGS = { 'span.kind': 'server', component: 'gRPC' };

test('a call is one trace: the server continues what the client began, with its baggage', async () => {
  await using grpc = await pair();
  expect(await grpc.call('Ada')).toBe('Hello Ada');
  const [[client], [server]] = [grpc.asking.spans, grpc.answering.spans];
  expect([client?.operationName, server?.operationName]).toEqual([METHOD, METHOD]);
  expect(server?.references).toEqual([
    { refType: 'CHILD_OF', traceId: client?.traceId, spanId: client?.spanId },
  ]);
  expect(record(client?.tags ?? [])).toMatchObject(CLIENT_TAGS);
  expect(record(server?.tags ?? [])).toEqual({ ...SERVER_TAGS, baggage: 'gRPC-Baggage' });
  expect(client?.references).toEqual([]);
  expect(logged).toEqual([]);
});

test('the span in the context of a call is the parent of its span', async () => {
  await using grpc = await pair();
  const parent = grpc.asking.tracer.startSpan('parent');
  await grpc.call('Ada', new Metadata(), contextWithSpan(background(), parent));
  expect(grpc.asking.spans[0]?.references).toMatchObject([
    { refType: 'CHILD_OF', spanId: parent.context().spanId },
  ]);
});

test('the handler has the span of its call, also later, and each call its own', async () => {
  const seen: string[] = [];
  await using grpc = await pair({
    async handler({ request: { name } }, callback) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      seen.push(`${spanFromContext(callContext())?.context().toSpanId()}`);
      callback(null, { msg: name });
    },
  });
  await Promise.all([grpc.call('a'), grpc.call('b')]);
  expect(seen.sort()).toEqual(grpc.answering.spans.map(({ spanId }) => spanId).sort());
  expect(new Set(seen).size).toBe(2);
  expect(callContext()).toBe(background());
});

test('a call that fails is marked on both sides', async () => {
  await using grpc = await pair();
  await expect(grpc.call('boom')).rejects.toThrow('13 INTERNAL: boom');
  for (const { spans } of [grpc.asking, grpc.answering]) {
    expect(spans).toHaveLength(1);
    expect(record(spans[0]?.tags ?? [])).toMatchObject({ error: true });
    expect(record(spans[0]?.logs.at(-1)?.fields ?? [])).toEqual({
      event: 'error',
      message: '13 INTERNAL: boom',
    });
  }
});

test('a call that reaches nobody is a span too', async () => {
  await using grpc = await pair();
  grpc.server.forceShutdown();
  await expect(grpc.call('Ada')).rejects.toThrow('14 UNAVAILABLE');
  expect(grpc.asking.spans).toHaveLength(1);
  expect(record(grpc.asking.spans[0]?.tags ?? [])).toMatchObject({ error: true });
});

test('a call that the caller gives up is finished on both sides, once', async () => {
  const calls = new EventEmitter();
  await using grpc = await pair({ handler: (_call, callback) => calls.emit('call', callback) });
  const called = once(calls, 'call');
  const answered = new Promise((resolve) => {
    const call = grpc.client.SayHello({ name: 'Ada' }, new Metadata(), {}, resolve);
    called.then(() => call.cancel());
  });
  expect(await answered).toMatchObject({ code: status.CANCELLED });
  await vi.waitFor(() => expect(grpc.answering.spans).toHaveLength(1), SOON);
  const [callback] = await called;
  callback(null, { msg: 'too late' });
  for (const { spans, tracer } of [grpc.asking, grpc.answering]) {
    expect(record(spans[0]?.tags ?? [])).toMatchObject({ error: true });
    expect(tracer.counters).toMatchObject({ finished: 1, finishedAgain: 0 });
  }
});

describe('what the caller’s metadata holds already', () => {
  test('is replaced, not added to, where it is a context, and stays with the caller', async () => {
    await using grpc = await pair();
    const metadata = new Metadata();
    metadata.set('uber-trace-id', 'abc:def:0:1');
    metadata.set('uberctx-baggage', 'of somebody else');
    metadata.set('authorization', 'secret');
    await grpc.call('Ada', metadata);
    const [received] = grpc.received;
    const [client] = grpc.asking.spans;
    expect(received?.get('uber-trace-id')).toEqual([
      `${client?.traceId}:${client?.spanId}:0000000000000000:1`,
    ]);
    expect(received?.get('uberctx-baggage')).toEqual(['gRPC-Baggage']);
    expect(received?.get('authorization')).toEqual(['secret']);
    expect(metadata.get('uber-trace-id')).toEqual(['abc:def:0:1']);
  });

  test('of two contexts the last one counts, and binary entries are passed over', async () => {
    await using grpc = await pair({ clientTracer: new opentracing.Tracer() });
    const metadata = new Metadata();
    metadata.add('uber-trace-id', '1:2:0:1');
    metadata.add('uber-trace-id', '3:4:0:1');
    metadata.set('uberctx-bytes-bin', Buffer.from([1, 2]));
    await grpc.call('Ada', metadata);
    const [server] = grpc.answering.spans;
    expect(server?.references).toEqual([
      { refType: 'CHILD_OF', traceId: '0000000000000003', spanId: '0000000000000004' },
    ]);
    expect(grpc.answering.tracer.counters.extractErrors).toBe(0);
  });
});

test('baggage that metadata cannot carry is counted, told once, and breaks nothing', async () => {
  await using grpc = await pair();
  const parent = grpc.asking.tracer.startSpan('parent');
  parent.setBaggageItem('user', '鲍勃').setBaggageItem('中', 'a').setBaggageItem('x-bin', 'b');
  parent.setBaggageItem('Spaces', 'bob smith, 100 %');
  const context = contextWithSpan(background(), parent);
  expect(await grpc.call('Ada', new Metadata(), context)).toBe('Hello Ada');
  expect(await grpc.call('Bob', new Metadata(), context)).toBe('Hello Bob');
  expect(grpc.asking.tracer.counters.injectErrors).toBe(6);
  expect(logged).toEqual([expect.stringContaining('baggage user was not injected: Metadata')]);
  const items = grpc.received[0]?.getMap();
  expect(items).toMatchObject({
    'uberctx-spaces': 'bob smith, 100 %',
    'uberctx-baggage': 'gRPC-Baggage',
  });
  expect(grpc.answering.spans[0]?.traceId).toBe(parent.context().traceId);
});

test.each([
  ['none', new Metadata()],
  ['a malformed one', Metadata.fromHttp2Headers({ 'uber-trace-id': 'nonsense' })],
])('a call that brings no context (%s) is told, and its span is a root', async (_, metadata) => {
  await using grpc = await pair({ clientTracer: new opentracing.Tracer() });
  await grpc.call('Ada', metadata);
  expect(logged).toContain(
    'Extract from metadata failed: opentracing: SpanContext not found in Extract carrier',
  );
  const [server] = grpc.answering.spans;
  expect(server?.references).toEqual([]);
  expect(record(server?.tags ?? [])).toMatchObject({ ...SERVER_TAGS, baggage: '' });
});

class ThrowingTracer extends opentracing.Tracer {
  protected override _inject(): void {
    throw new Error('out of order');
  }
}

test.each([
  ['throws', new ThrowingTracer(), 'inject to metadata err out of order'],
  ['writes nothing', new opentracing.Tracer(), 'inject to metadata err the tracer wrote nothing'],
])('an inject that %s is told, and the call is made all the same', async (_, tracer, line) => {
  await using grpc = await pair({ clientTracer: tracer });
  expect(await grpc.call('Ada')).toBe('Hello Ada');
  expect(logged).toContain(line);
});

import { createRequire } from 'node:module';
import type {
  Server as GrpcServer,
  Interceptor,
  Listener,
  Requester,
  ServerInterceptor,
} from '@grpc/grpc-js';
import { Greeter, type GreeterClient } from '@spoor/services/grpc';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { TapMessage } from './tap-event.ts';
import { tapClientInterceptors, tapGrpc, tapServerInterceptors } from './tap-grpc.ts';

const require = createRequire(import.meta.url);
const grpc = require('@grpc/grpc-js') as typeof import('@grpc/grpc-js');
const { InterceptingCall, Metadata, Server, ServerCredentials, ServerInterceptingCall } = grpc;
const { credentials, RequesterBuilder, ListenerBuilder } = grpc;

let told: TapMessage[] = [];
const tell = (message: TapMessage) => told.push(message);
beforeAll(() => {
  const inside = (file: string) => require(`@grpc/grpc-js/build/src/${file}`);
  tapGrpc(grpc, tell);
  tapClientInterceptors(inside('client-interceptors'), tell);
  tapServerInterceptors(inside('server-interceptors'), tell);
});

const open: GrpcServer[] = [];
afterAll(() => {
  for (const server of open) server.forceShutdown();
});
beforeEach(() => {
  told = [];
});

interface Interceptors {
  readonly client?: Interceptor[];
  readonly server?: ServerInterceptor[];
  /** With what the method calls back. */
  readonly answer?: readonly [error: unknown, reply: unknown];
}

/** One call; gives the reply. */
async function call({
  client,
  server = [],
  answer = [null, { msg: 'Hello' }],
}: Interceptors): Promise<string | undefined> {
  const listening = new Server({ interceptors: server });
  listening.addService(Greeter.service, {
    SayHello: (_call: unknown, callback: (error: null, reply: object) => void) =>
      callback(...(answer as [null, object])),
  });
  open.push(listening);
  const port = await new Promise<number>((resolve, reject) =>
    listening.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const greeter: GreeterClient = new Greeter(`127.0.0.1:${port}`, credentials.createInsecure(), {
    ...(client && { interceptors: client }),
  });
  const msg = await new Promise<string | undefined>((resolve) => {
    greeter.SayHello({ name: 'Ada' }, new Metadata(), {}, (_error, reply) => resolve(reply?.msg));
  });
  greeter.close();
  return msg;
}

const around =
  (requester: Requester): Interceptor =>
  (options, nextCall) =>
    new InterceptingCall(nextCall(options), requester);

const methods = (type: 'handed' | 'handed-on', side: 'client' | 'server') =>
  told.flatMap((each) => (each.type === type && each.side === side ? [each.method] : []));

test('a call is told of from its start to its end, on both sides', async () => {
  const listener: Listener = new ListenerBuilder()
    .withOnReceiveStatus((status, next) => next(status))
    .build();
  const client = around(
    new RequesterBuilder().withStart((metadata, _given, next) => next(metadata, listener)).build(),
  );
  const server: ServerInterceptor = (_method, given) =>
    new ServerInterceptingCall(given, {
      start: (next) => next({ onReceiveHalfClose: (on) => setImmediate(on) }),
    });
  expect(await call({ client: [client], server: [server] })).toBe('Hello');
  expect(methods('handed', 'client')).toEqual([
    'start',
    'sendMessage',
    'halfClose',
    'onReceiveStatus',
  ]);
  expect(methods('handed-on', 'client').toSorted()).toEqual(methods('handed', 'client').toSorted());
  const onServer = ['start', 'onReceiveHalfClose', 'sendMetadata', 'sendMessage', 'sendStatus'];
  expect(methods('handed', 'server')).toEqual(onServer);
  expect(methods('handed-on', 'server').toSorted()).toEqual(onServer.toSorted());
  const others = told.filter(({ type }) => !type.startsWith('handed'));
  expect(others).toEqual([
    { type: 'interceptor', side: 'client', gave: 'call' },
    { type: 'call-begun' },
    { type: 'interceptor', side: 'server', gave: 'call' },
    { type: 'method-called' },
    { type: 'method-answered', gave: 'reply' },
    { type: 'call-over' },
    { type: 'client-close' },
  ]);
});

test('an entry of the metadata is told of, a property is not', () => {
  const metadata = new Metadata();
  Object.assign(metadata, { 'uber-trace-id': '1:2:0:1' });
  metadata.set('x-request-id', '1');
  expect(told).toEqual([]);
  metadata.set('Uber-Trace-Id', '1:2:0:1');
  expect(told).toEqual([{ type: 'metadata-entry' }]);
});

test.each<[string, Requester, string[]]>([
  ['start', { start: () => {} }, ['start']],
  ['sendMessage', { sendMessage: () => {} }, ['sendMessage']],
  [
    'onReceiveStatus',
    {
      start: (metadata, _listener, next) =>
        next(metadata, { onReceiveStatus: () => {} } as Listener),
    },
    ['onReceiveStatus'],
  ],
])('what %s keeps is told of as handed, and not as handed on', async (_method, requester, kept) => {
  void call({ client: [around(requester)] });
  const isKept = (method: string) => !methods('handed-on', 'client').includes(method);
  await vi.waitFor(() => expect(methods('handed', 'client').filter(isKept)).toEqual(kept), 10_000);
  expect(told.some(({ type }) => type === 'call-over')).toBe(false);
});

test.each<[string, Requester['start'], string]>([
  ['the caller’s', (metadata, listener, next) => next(metadata, listener), 'caller'],
  ['one that hears nothing', (metadata, _given, next) => next(metadata, {} as Listener), 'nobody'],
  ['a builder', (metadata, _, next) => next(metadata, new ListenerBuilder() as never), 'nobody'],
])('a listener is told of: %s', async (_what, start, hears) => {
  expect(await call({ client: [around({ ...(start && { start }) })] })).toBe('Hello');
  expect(told).toContainEqual(
    expect.objectContaining({ type: 'handed-on', method: 'start', side: 'client', hears }),
  );
});

test('a listener that is not there is told of', async () => {
  const start: Requester['start'] = (metadata, _listener, next) =>
    next(metadata, undefined as never);
  await expect(call({ client: [around({ start })] })).rejects.toThrow('onReceiveMetadata');
  expect(told).toContainEqual(expect.objectContaining({ type: 'handed-on', hears: 'missing' }));
});

test('a listener of one’s own that takes no next is left as it is', async () => {
  const start: Requester['start'] = (metadata, listener, next) =>
    next(metadata, {
      onReceiveMetadata: (received: unknown) => listener.onReceiveMetadata(received as never),
      onReceiveMessage: (message: unknown) => listener.onReceiveMessage(message),
      onReceiveStatus: (status: unknown) => listener.onReceiveStatus(status as never),
    } as Listener);
  expect(await call({ client: [around({ start })] })).toBe('Hello');
  expect(told).toContainEqual(expect.objectContaining({ hears: 'interceptor' }));
});

test.each<[string, unknown, string]>([
  ['an error', new Error('no'), 'error'],
  ['a status', { code: 13, details: 'no' }, 'error'],
  ['a reply in the place of the error', { msg: 'Hello' }, 'other'],
])('a method that calls back with %s is told of', async (_what, error, gave) => {
  expect(await call({ answer: [error, null] })).toBeUndefined();
  expect(told).toContainEqual({ type: 'method-answered', gave });
});

test('a cancellation that a listener hears is told of, and heard', async () => {
  let heard = 0;
  const onCancel = () => void heard++;
  const server: ServerInterceptor = (_method, given) =>
    new ServerInterceptingCall(given, { start: (next) => next({ onCancel }) });
  expect(await call({ server: [server] })).toBe('Hello');
  await vi.waitFor(() => expect(heard).toBe(1), 10_000);
  const of = told.find(({ type }) => type === 'cancel-heard');
  expect(of).toEqual({ type: 'cancel-heard', side: 'server', call: expect.any(Number) });
});

test('an interceptor that gives the call back as it was is told of', async () => {
  const client: Interceptor = (options, nextCall) => nextCall(options) as never;
  const server: ServerInterceptor = (_method, given) => given as never;
  expect(await call({ client: [client], server: [server] })).toBe('Hello');
  for (const side of ['client', 'server'] as const)
    expect(told).toContainEqual({ type: 'interceptor', side, gave: 'given' });
});

test.each<[string, unknown, string]>([
  ['what makes an interceptor', () => () => undefined, 'function'],
  ['one that returns nothing', () => undefined, 'nothing'],
  ['one that promises', async () => undefined, 'nothing'],
])('a call that comes to nothing: %s', async (_what, interceptor, gave) => {
  await expect(call({ client: [interceptor as Interceptor] })).rejects.toThrow('start');
  expect(told).toContainEqual({ type: 'interceptor', side: 'client', gave });
  expect(told.some(({ type }) => type === 'call-begun')).toBe(false);
});

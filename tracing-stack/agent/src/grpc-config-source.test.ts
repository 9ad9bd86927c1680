import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { loadService } from '@spoor/platform/grpc';
import { afterEach, expect, test } from 'vitest';
import { CollectorConnections } from './collector-connections.ts';
import { type GetSamplingStrategy, grpcConfigSource } from './grpc-config-source.ts';

const host = '127.0.0.1';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

type Answer = object | status | 'never';

/** A collector that answers so, and notes whom it was asked about. */
async function fakeCollector(answer: Answer) {
  const asked: string[] = [];
  const server = new Server();
  server.addService(await loadService('sampling.proto', 'jaeger.api_v2.SamplingManager'), {
    GetSamplingStrategy(
      { request }: ServerUnaryCall<{ serviceName: string }, object>,
      callback: sendUnaryData<object>,
    ) {
      asked.push(request.serviceName);
      if (typeof answer === 'number') callback({ code: answer, details: 'as told' });
      else if (answer !== 'never') callback(null, answer);
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:0`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  open.push({ close: () => server.forceShutdown() });
  return { port, asked };
}

function sourceOf(ports: readonly number[], callTimeoutMs?: number) {
  const collectors = ports.map((port) => ({ host, port }));
  const connections = new CollectorConnections(collectors);
  open.push(connections);
  return grpcConfigSource(connections, callTimeoutMs);
}

const KEEP_ALL = { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: 1 } };

test.each([
  ['a share', KEEP_ALL, KEEP_ALL],
  [
    'a share of nothing, whose zero is not sent',
    { probabilisticSampling: {} },
    { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: 0 } },
  ],
  [
    'a limit',
    { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 5 } },
    { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 5 } },
  ],
  [
    'shares of operations alone',
    { operationSampling: { perOperationStrategies: [{ operation: 'a' }] } },
    {
      strategyType: 'PROBABILISTIC',
      operationSampling: {
        defaultSamplingProbability: 0,
        defaultLowerBoundTracesPerSecond: 0,
        defaultUpperBoundTracesPerSecond: 0,
        perOperationStrategies: [{ operation: 'a', probabilisticSampling: { samplingRate: 0 } }],
      },
    },
  ],
])('%s comes as the collector said it', async (_, message, strategy) => {
  const { port, asked } = await fakeCollector(message);
  expect(await sourceOf([port]).samplingStrategy('shop')).toEqual(strategy);
  expect(asked).toEqual(['shop']);
});

test('if one collector does not answer, the next is asked', async () => {
  const away = await fakeCollector(status.UNAVAILABLE);
  const there = await fakeCollector(KEEP_ALL);
  const source = sourceOf([away.port, there.port]);
  expect(await source.samplingStrategy('a')).toEqual(KEEP_ALL);
  expect([away.asked, there.asked]).toEqual([['a'], ['a']]);
});

test.each([
  ['that refuses', status.UNIMPLEMENTED, 'rpc error: code = Unimplemented desc = as told'],
  ['that cancels', status.CANCELLED, 'rpc error: code = Canceled desc = as told'],
  ['that never answers', 'never', 'rpc error: code = DeadlineExceeded desc = '],
  ['of a later age', { strategyType: 7 }, 'unknown sampling strategy type 7'],
] satisfies [string, Answer, string][])(
  'a collector %s is an error in the words of Jaeger',
  async (_, answer, reason) => {
    const { port } = await fakeCollector(answer);
    const asked = sourceOf([port], 200).samplingStrategy('a');
    await expect(asked).rejects.toMatchObject({
      code: 'unavailable',
      answer: expect.stringContaining(`failed to get sampling strategy: ${reason}`),
    });
  },
);

test('nobody there is told at once', async () => {
  const { port } = await fakeCollector(KEEP_ALL);
  await open.pop()?.close();
  await expect(sourceOf([port]).samplingStrategy('a')).rejects.toThrow(
    'code = Unavailable desc = ',
  );
});

test('over gRPC there is no question for baggage restrictions', async () => {
  await expect(sourceOf([]).baggageRestrictions('a')).rejects.toMatchObject({
    code: 'not-implemented',
    answer: 'baggage not implemented',
  });
});

test('a definition that cannot be loaded is told, and loaded with the next question', async () => {
  const { port } = await fakeCollector(KEEP_ALL);
  const connections = new CollectorConnections([{ host, port }]);
  open.push(connections);
  const isLoaded = [false, true];
  async function load(): Promise<GetSamplingStrategy> {
    if (!isLoaded.shift()) throw new Error('EMFILE: too many open files');
    const service = await loadService('sampling.proto', 'jaeger.api_v2.SamplingManager');
    return service['GetSamplingStrategy'] as unknown as GetSamplingStrategy;
  }
  const source = grpcConfigSource(connections, undefined, load);
  await expect(source.samplingStrategy('shop')).rejects.toMatchObject({
    name: 'ConfigError',
    code: 'unavailable',
    answer: 'failed to get sampling strategy: EMFILE: too many open files',
  });
  expect(await source.samplingStrategy('shop')).toMatchObject(KEEP_ALL);
});

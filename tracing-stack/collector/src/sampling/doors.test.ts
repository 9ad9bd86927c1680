import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { contractDirectory } from '@spoor/fixtures';
import { loadService } from '@spoor/platform/grpc';
import { afterEach, expect, test } from 'vitest';
import type { CollectorOptions } from '../collector.ts';
import { runCollector } from '../testing/collector-run.ts';
import { DEFAULT_SAMPLING } from './start-sampling.ts';

const STRATEGIES = join(contractDirectory, 'variant/strategies.json');
const METHOD = '/jaeger.api_v2.SamplingManager/GetSamplingStrategy';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(options: Partial<CollectorOptions> = {}) {
  const run = await runCollector(options);
  const { grpc, http } = run.collector.ports;
  const client = new Client(`127.0.0.1:${grpc}`, credentials.createInsecure());
  open.push(run, client);
  const ask = <T>(request: Buffer, read: (bytes: Buffer) => T) =>
    new Promise<T>((resolve, reject) => {
      client.makeUnaryRequest(
        METHOD,
        (bytes: Buffer) => bytes,
        read,
        request,
        (error, answer) => (error ? reject(error) : resolve(answer as T)),
      );
    });
  const get = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${http}${path}`, { method });
  return { ...run, ask, get };
}

test.each(['grpc-sampling', 'grpc-sampling-empty'])(
  'over gRPC, %s is answered byte for byte as by Jaeger',
  async (name) => {
    const text = await readFile(join(contractDirectory, `collector/${name}.grpc.json`), 'utf8');
    const { requestHex, messagesHex } = JSON.parse(text) as {
      requestHex: string;
      messagesHex: string[];
    };
    const { ask } = await start();
    const answer = await ask(Buffer.from(requestHex, 'hex'), (bytes) => bytes.toString('hex'));
    expect([answer]).toEqual(messagesHex);
  },
);

test('over gRPC and HTTP and in the process, a service is told the same', async () => {
  const file = { ...DEFAULT_SAMPLING.file, location: STRATEGIES };
  const { ask, get, collector } = await start({ sampling: { ...DEFAULT_SAMPLING, file } });
  const service = await loadService('sampling.proto', 'jaeger.api_v2.SamplingManager');
  const { requestSerialize, responseDeserialize } = service['GetSamplingStrategy'] ?? expect.fail();
  const expected = {
    strategyType: 'PROBABILISTIC',
    probabilisticSampling: { samplingRate: 0.8 },
    operationSampling: {
      defaultSamplingProbability: 0.8,
      defaultLowerBoundTracesPerSecond: 0,
      perOperationStrategies: [
        { operation: 'op1', probabilisticSampling: { samplingRate: 0.2 } },
        { operation: '/health', probabilisticSampling: { samplingRate: 0 } },
      ],
      defaultUpperBoundTracesPerSecond: 0,
    },
  };
  expect(collector.strategyOf('foo')).toEqual(expected);
  expect(await (await get('/api/sampling?service=foo')).json()).toEqual(expected);
  expect(await ask(requestSerialize({ serviceName: 'foo' }), responseDeserialize)).toEqual({
    ...expected,
    rateLimitingSampling: null,
  });
  expect(await ask(requestSerialize({ serviceName: 'bar' }), responseDeserialize)).toEqual({
    strategyType: 'RATE_LIMITING',
    probabilisticSampling: null,
    rateLimitingSampling: { maxTracesPerSecond: 5 },
    operationSampling: null,
  });
});

test.each([
  ['GET', '/api/sampling', 400],
  ['GET', '/api/sampling?service=a&service=b', 400],
  ['GET', '/api/sampling?service=', 200],
  ['POST', '/api/sampling?service=a', 405],
  ['HEAD', '/api/sampling?service=a', 405],
  ['GET', '/api/sampling/?service=a', 404],
  ['GET', '/api/baggageRestrictions?service=a', 500],
])('%s %s is answered with %i', async (method, path, status) => {
  const { get, metrics } = await start();
  expect((await get(path, method)).status).toBe(status);
  const counted = `jaeger_collector_http_server_requests_total{type="sampling"} ${status === 200 ? 1 : 0}`;
  const text = await metrics.text();
  expect(text).toContain(counted);
  const errors = 'jaeger_collector_http_server_errors_total';
  const theirs = `${errors}{source="all",status="4xx"} ${status === 400 ? 1 : 0}`;
  const ours = `${errors}{source="collector-proxy",status="5xx"} ${status === 500 ? 1 : 0}`;
  for (const line of [theirs, ours]) expect(text).toContain(line);
});

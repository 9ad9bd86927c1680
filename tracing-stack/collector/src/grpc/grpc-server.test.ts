import { type ClientDuplexStream, credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import { loadService } from '@spoor/platform/grpc';
import { StorageError } from '@spoor/storage-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CollectorRun, runCollector } from '../testing/collector-run.ts';
import { fakeStore } from '../testing/fake-store.ts';

// What a real Jaeger's collector has on 14250 beside its own services.

const OWN = ['jaeger.api_v2.CollectorService', 'jaeger.api_v2.SamplingManager'];

let run: CollectorRun;
/** Why spans cannot be stored. */
let fault: Error | undefined;

beforeEach(async () => {
  fault = undefined;
  const health = async () => {
    if (fault) throw fault;
  };
  run = await runCollector({ store: { ...fakeStore(), health } });
});
afterEach(() => run.close());

async function client(file: string, service: string) {
  const Client = makeGenericClientConstructor(await loadService(file, service), service);
  return new Client(`127.0.0.1:${run.collector.ports.grpc}`, credentials.createInsecure());
}

test('gRPC health says of each service whether spans can be stored', async () => {
  const asked = await client('health.proto', 'grpc.health.v1.Health');
  const check = (service: string) =>
    new Promise((resolve) => {
      asked['Check']?.({ service }, (error: Error | null, answer: object) =>
        resolve(error?.message ?? answer),
      );
    });
  for (const service of ['', ...OWN]) expect(await check(service)).toEqual({ status: 'SERVING' });
  expect(await check('other')).toBe('5 NOT_FOUND: unknown service');
  fault = new StorageError('unavailable', '[embedded] the disk is away');
  for (const service of ['', ...OWN])
    expect(await check(service)).toEqual({ status: 'NOT_SERVING' });
  asked.close();
});

test('reflection tells what is served', async () => {
  const name = 'grpc.reflection.v1.ServerReflection';
  const asked = await client('reflection.proto', name);
  const call = asked['ServerReflectionInfo']?.() as unknown as ClientDuplexStream<object, object>;
  call.write({ listServices: '' });
  call.write({ fileContainingSymbol: `${OWN[0]}.PostSpans` });
  call.write({ fileContainingSymbol: 'jaeger.api_v2.SamplingStrategyResponse' });
  call.end();
  const answers: object[] = [];
  for await (const answer of call) answers.push(answer as object);
  const service = ['grpc.health.v1.Health', name, ...OWN].map((one) => ({ name: one }));
  const files = { fileDescriptorResponse: {} };
  expect(answers).toMatchObject([{ listServicesResponse: { service } }, files, files]);
  asked.close();
});

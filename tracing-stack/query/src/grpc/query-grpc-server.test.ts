import { credentials, makeGenericClientConstructor, status } from '@grpc/grpc-js';
import { createLogger, createMetrics } from '@spoor/platform';
import { loadService } from '@spoor/platform/grpc';
import { type SpanStore, StorageError } from '@spoor/storage-api';
import { openStore } from '@spoor/storage-registry';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Query, startQuery } from '../query.ts';

const HEALTH = 'grpc.health.v1.Health';

let store: SpanStore;
let query: Query;
/** Why the store cannot serve. */
let fault: Error | undefined;

beforeEach(async () => {
  fault = undefined;
  store = await openStore({ type: 'memory' });
  const at = { host: '127.0.0.1', port: 0 };
  query = await startQuery({
    http: at,
    grpc: at,
    store: {
      reader: store.reader,
      check: async () => {
        if (fault) throw fault;
      },
    },
    logger: createLogger({ name: 'query', level: 'silent' }),
    metrics: createMetrics(),
  });
});

afterEach(async () => {
  await query.close();
  await store.close();
});

describe('a client that watches the health on the gRPC port', () => {
  test.each([
    '',
    'jaeger.api_v2.QueryService',
    'jaeger.api_v2.metrics.MetricsQueryService',
    'jaeger.api_v3.QueryService',
  ])('of "%s" is told at once, and of each change', async (service) => {
    await using watch = await watching(service);
    expect(await watch.told()).toBe('SERVING');
    fault = new StorageError('unavailable', '[embedded] the disk is away');
    expect(await watch.told()).toBe('NOT_SERVING');
    fault = undefined;
    expect(await watch.told()).toBe('SERVING');
  });

  test('of a service that is not there is told so, and goes on waiting', async () => {
    await using watch = await watching('jaeger.api_v9.QueryService');
    expect(await watch.told()).toBe('SERVICE_UNKNOWN');
    fault = new StorageError('unavailable', '[embedded] the disk is away');
    await using other = await watching('');
    expect(await other.told()).toBe('NOT_SERVING');
    expect(watch.ended).toBe(false);
  });

  test('does not hold up the end of the server, and hears of it', async () => {
    await using watch = await watching('');
    expect(await watch.told()).toBe('SERVING');
    await query.close();
    await expect(watch.told()).rejects.toMatchObject({ code: status.CANCELLED });
  });
});

describe('a question for figures', () => {
  test.each([
    [99, "unsupported span kind: '99'"],
    [-1, "unsupported span kind: '-1'"],
  ])('about spans of kind %d is refused', async (kind, details) => {
    const name = 'jaeger.api_v2.metrics.MetricsQueryService';
    const Client = makeGenericClientConstructor(await loadService('metrics.proto', name), name);
    const client = new Client(`127.0.0.1:${query.ports.grpc}`, credentials.createInsecure());
    const baseRequest = { serviceNames: ['front'], spanKinds: [kind] };
    const error = await new Promise((resolve) => {
      client['GetCallRates']?.({ baseRequest }, resolve);
    });
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, details });
    client.close();
  });
});

interface Watch extends AsyncDisposable {
  /** The next status. */
  told(): Promise<string>;
  readonly ended: boolean;
}

async function watching(service: string): Promise<Watch> {
  const Client = makeGenericClientConstructor(await loadService('health.proto', HEALTH), HEALTH);
  const client = new Client(`127.0.0.1:${query.ports.grpc}`, credentials.createInsecure());
  const stream = client['Watch']?.({ service });
  const answers = stream[Symbol.asyncIterator]();
  return {
    told: async () => (await answers.next()).value?.status,
    get ended() {
      return stream.destroyed;
    },
    async [Symbol.asyncDispose]() {
      stream.on('error', () => undefined);
      stream.cancel();
      client.close();
    },
  };
}

import { Client, credentials } from '@grpc/grpc-js';
import { createLogger, createMetrics } from '@spoor/platform';
import { type CollectorOptions, startCollector } from '../collector.ts';
import { fakeStore } from './fake-store.ts';
import { metricSum } from './metric-sum.ts';
import { postGrpc, postHttp } from './post.ts';

/** Milliseconds since 1970. */
export const NOW = 1_700_000_000_000;
export const FREE = { host: '127.0.0.1', port: 0 };

/** A collector on free ports, on a store that obeys the test. */
export async function runCollector(options: Partial<CollectorOptions> = {}) {
  const store = fakeStore();
  const metrics = createMetrics();
  const collector = await startCollector({
    grpc: FREE,
    http: FREE,
    tchannel: FREE,
    store,
    clock: () => NOW,
    logger: createLogger({ name: 'collector', level: 'silent' }),
    metrics,
    ...options,
  });
  const { grpc, http } = collector.ports;
  const client = new Client(`127.0.0.1:${grpc}`, credentials.createInsecure());
  return {
    collector,
    store,
    metrics,
    /** What the series of a metric of Jaeger's that have these labels come to. */
    sum: async (name: string, labels?: Readonly<Record<string, string>>) =>
      metricSum(await metrics.text(), `jaeger_collector_${name}`, labels),
    postGrpc: (request: Uint8Array) => postGrpc(client, request),
    postHttp: (...args: [body: Uint8Array | undefined, options?: Parameters<typeof postHttp>[2]]) =>
      postHttp(http, ...args),
    async close() {
      client.close();
      await collector.close(AbortSignal.timeout(100));
    },
  };
}

export type CollectorRun = Awaited<ReturnType<typeof runCollector>>;

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHECKOUT } from '../network-namespace.ts';
import { ComposedStack, dockerOut, whyNoEngine } from './composed-stack.ts';
import { ARRIVES, OPERATIONS, request, traceOfRequest, wholeTrace } from './trace-of-request.ts';

/** What one of the stores has of a trace, asked without any of our code: the operations of its spans. */
type Operations = (address: string, traceId: string) => Promise<string[]>;

interface Hits {
  readonly hits: { readonly hits: readonly { readonly _source: { operationName: string } }[] };
}

const inElasticsearch: Operations = async (address, traceId) => {
  const base = `http://${address}:9200/jaeger-span-*`;
  await fetch(`${base}/_refresh`, { method: 'POST' });
  const answer = await fetch(`${base}/_search?q=traceID:${traceId}`);
  const { hits } = (await answer.json()) as Hits;
  return hits.hits.map(({ _source }) => _source.operationName);
};

const inCassandra: Operations = async (address, traceId) => {
  const client = new Client({
    contactPoints: [address],
    localDataCenter: 'datacenter1',
    keyspace: 'jaeger_v1_test',
  });
  try {
    const id = Buffer.from(traceId.padStart(32, '0'), 'hex');
    const { rows } = await client.execute(
      'SELECT operation_name FROM traces WHERE trace_id = ?',
      [id],
      { prepare: true, consistency: types.consistencies.one },
    );
    return rows.map((row) => String(row['operation_name']));
  } finally {
    await client.shutdown();
  }
};

const run = promisify(execFile);

/** Of a store, on a busy machine. */
const STARTS = { timeout: 300_000, interval: 1000 };

/** The store's own image, or one made here with the same server. Throws if there is neither. */
async function imageOf(store: string): Promise<string> {
  if (whyNoEngine()) throw new Error(whyNoEngine());
  const { stdout } = await run(`${CHECKOUT}/e2e/docker/store-image.sh`, [store]);
  return stdout.trim();
}

const STORES = [
  ['elasticsearch', 'ELASTICSEARCH_IMAGE', inElasticsearch],
  ['cassandra', 'CASSANDRA_IMAGE', inCassandra],
] as const;

for (const [store, variable, operationsIn] of STORES) {
  const image = await imageOf(store).catch((error: Error) => {
    if (process.env['CI']) throw error;
    console.log(`skipped: profile ${store} (${error.message.trim()})`);
    return undefined;
  });

  describe.skipIf(image === undefined)(`profile ${store}`, () => {
    let stack: ComposedStack;
    beforeAll(async () => {
      stack = await ComposedStack.prepare({ SPAN_STORAGE_TYPE: store, [variable]: image ?? '' });
      const { code, output } = await stack.npmRun('up', '--', '--profile', store);
      expect(code, output).toBe(0);
    });
    afterAll(async () => {
      const { code, output } = await stack.npmRun('down', '--', '--volumes');
      expect(code, output).toBe(0);
      expect(stack.remains()).toEqual([]);
      dockerOut('image', 'rm', stack.image);
    });

    test(`the store is healthy, and open to other containers only`, () => {
      const [container] = stack.containers(store);
      expect(container?.State.Health?.Status).toBe('healthy');
      expect(container?.HostConfig.PortBindings ?? {}).toEqual({});
    });

    test('a request to :2333 leaves its trace at :16686, and in the store', async () => {
      const traceId = await traceOfRequest(stack);
      expect(await operationsIn(addressOf(stack, store), traceId)).toEqual(
        expect.arrayContaining(OPERATIONS),
      );
    });

    test('what comes while the store is away is there when it is back', async () => {
      const [container] = stack.containers(store);
      dockerOut('stop', container?.Name ?? '');
      await vi.waitFor(async () => {
        const answer = await fetch(stack.url(14269, '/'));
        const { reason } = (await answer.json()) as { reason?: string };
        expect([answer.status, reason]).toEqual([503, expect.stringContaining(store)]);
      }, ARRIVES);
      const debugId = await request(stack);
      dockerOut('start', container?.Name ?? '');
      await vi.waitFor(
        () => expect(stack.containers(store)[0]?.State.Health?.Status).toBe('healthy'),
        STARTS,
      );
      await wholeTrace(stack, debugId);
    });
  });
}

function addressOf(stack: ComposedStack, service: string): string {
  const [container] = stack.containers(service);
  const [network] = Object.values(container?.NetworkSettings.Networks ?? {});
  return network?.IPAddress ?? '';
}

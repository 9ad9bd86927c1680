import type { ServerResponse } from 'node:http';
import { StorageError } from '@spoor/storage-api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BulkQueue } from './bulk-queue.ts';
import { Connection } from './connection.ts';
import { Retries } from './retrying.ts';
import { Rollback } from './rollback.ts';
import { DEFAULT_BULK } from './store-options.ts';
import { answeringServer } from './testing/answering-server.ts';

async function connectionTo(
  answer: (body: string, response: ServerResponse) => void,
): Promise<Connection> {
  const connection = await Connection.of({ serverUrls: [await answeringServer(answer)] });
  onTestFinished(() => connection.close());
  return connection;
}

const bulk = (connection: Connection) =>
  new BulkQueue(connection, { ...DEFAULT_BULK, flushIntervalMs: 0 }, new Retries(), 5000);

const documents = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    index: 'spans',
    id: `${i}`,
    json: '{"a":1}',
  }));

const idsIn = (body: string) => [...body.matchAll(/"_id":"(\d+)"/g)].map(([, id]) => id);
const indexed = (body: string) =>
  JSON.stringify({ items: idsIn(body).map(() => ({ index: { _index: 'spans', status: 201 } })) });

describe('A bulk request', () => {
  it('that is too large for something on the way is sent in parts', async () => {
    const stored: unknown[] = [];
    const connection = await connectionTo((body, response) => {
      if (idsIn(body).length > 3) return response.writeHead(413).end('{}');
      stored.push(...idsIn(body));
      return response.end(indexed(body));
    });
    const { outcomes } = await bulk(connection).add(documents(10));
    expect(outcomes).toEqual(Array(10).fill('spans'));
    expect(stored.sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('of one document that is too large is refused for good', async () => {
    const connection = await connectionTo((_, response) => response.writeHead(413).end('{}'));
    const [outcome] = (await bulk(connection).add(documents(1))).outcomes;
    expect(outcome).toBeInstanceOf(StorageError);
    expect((outcome as StorageError).code).toBe('unsupported');
  });

  it.each([
    ['half of a JSON text', 200, '{"items":[{"index"'],
    ['that there is no such index', 404, '{"error":{"type":"index_not_found_exception"}}'],
  ])('that is answered with %s may be made again', async (_, status, answer) => {
    const connection = await connectionTo((__, response) => response.writeHead(status).end(answer));
    const queue = bulk(connection);
    const [outcome] = (await queue.add(documents(1))).outcomes;
    expect((outcome as StorageError).code).toBe('unavailable');
    expect(await queue.close(AbortSignal.timeout(1000))).toBe(true);
  });
});

describe('What is taken back', () => {
  it('and is more than can be kept in mind is counted and told', async () => {
    const connection = await connectionTo((_, response) => response.writeHead(503).end('{}'));
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const rollback = new Rollback(connection, logger, 2);
    rollback.add(['0', '1'].map((id) => ({ index: 'spans', id })));
    expect(rollback.leftBehind).toBe(0);
    rollback.add(['2', '3', '4'].map((id) => ({ index: 'spans', id })));
    expect(rollback.leftBehind).toBe(3);
    const message = 'documents of refused batches are left: their spans may be found twice';
    expect(warn.mock.calls).toEqual([[{ documents: 3 }, message]]);
    await rollback.close(AbortSignal.timeout(1000));
    expect(rollback.leftBehind).toBe(5);
  });

  it('is asked to go again while it is refused', async () => {
    const refusals = [429, 429];
    const asked: unknown[][] = [];
    const connection = await connectionTo((body, response) => {
      asked.push(idsIn(body));
      const items = idsIn(body).map((id) => ({
        delete: { status: id === '1' ? (refusals.shift() ?? 404) : 200 },
      }));
      response.end(JSON.stringify({ items }));
    });
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const rollback = new Rollback(connection, logger);
    rollback.add(['0', '1', '2'].map((id) => ({ index: 'spans', id })));
    await vi.waitFor(() => expect(asked).toEqual([['0', '1', '2'], ['1'], ['1']]), 20_000);
    await rollback.close(AbortSignal.timeout(1000));
    expect(warn).not.toHaveBeenCalled();
  });
});

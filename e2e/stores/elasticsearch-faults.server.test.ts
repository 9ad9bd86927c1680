import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError, type StoredBatch } from '@spoor/storage-api';
import { openElasticsearchStore } from '@spoor/storage-elasticsearch';
import { encodeBinaryBatch, openBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { freePort, type RunningServer, startServer } from './server-script.ts';

const server = inject('elasticsearch');

/** Spans of each batch, all of one trace. */
const SPANS = 7;
const WRITERS = 4;
/** A minute at most, however slow the machine. */
const MOST_ROUNDS = 600;

/** A batch whose spans are one trace, not seen before. */
function newBatch(): { readonly traceId: string; readonly stored: StoredBatch } {
  const traceId = randomBytes(8).toString('hex');
  const random = seededRandom(Number.parseInt(traceId.slice(0, 6), 16));
  const spans = usualSpans(random, SPANS, 'faults').map((span) => ({
    ...span,
    traceId,
    references: [],
    startTime: Date.now() * 1000,
  }));
  const [first] = spans;
  if (first === undefined) throw new Error('no spans');
  const bytes = encodeBinaryBatch(first.process, spans);
  const batch = openBatch('jaeger-thrift-binary', bytes);
  return {
    traceId,
    stored: { batch, format: 'jaeger', addedTags: [], arrivalTime: Date.now() * 1000 },
  };
}

describe.skipIf('missing' in server)('with a server that comes, is killed, and comes again', () => {
  let folder = '';
  let port = 0;
  let running: RunningServer | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spoor-faults-'));
    port = await freePort();
  });
  afterAll(async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    const version = 'version' in server ? server.version : '';
    running = await startServer(
      'elasticsearch',
      ['--port', `${port}`, '--version', version],
      folder,
    );
  }

  test('what was acknowledged is found, once; what was refused is not', async () => {
    const store = await openElasticsearchStore({
      serverUrls: [`http://127.0.0.1:${port}`],
      shards: 2,
      replicas: 0,
      timeoutMs: 30_000,
      bulk: { flushIntervalMs: 20 },
    });
    const away = { code: 'unavailable', message: expect.stringContaining(`127.0.0.1:${port}`) };
    await expect(store.check()).rejects.toMatchObject(away);
    await expect(store.writer.write(newBatch().stored)).rejects.toMatchObject(away);
    await expect(store.reader.services()).rejects.toMatchObject(away);

    await start();
    await store.check();
    const acknowledged: string[] = [];
    const refused: string[] = [];
    let isWriting = true;
    async function write(): Promise<void> {
      for (let round = 0; isWriting && round < MOST_ROUNDS; round++) {
        const { traceId, stored } = newBatch();
        try {
          await store.writer.write(stored);
          acknowledged.push(traceId);
        } catch (error) {
          if (!(error instanceof StorageError) || error.code !== 'unavailable') throw error;
          refused.push(traceId);
          await sleep(50);
        }
      }
    }
    const written = Promise.all(Array.from({ length: WRITERS }, write));
    const eventually = { timeout: 120_000, interval: 20 };
    await vi.waitUntil(() => acknowledged.length > 20, eventually);
    await running?.kill();
    await vi.waitUntil(() => refused.length > WRITERS, eventually);
    await start();
    const before = acknowledged.length;
    await vi.waitUntil(() => acknowledged.length > before + 20, eventually);
    isWriting = false;
    await written;

    await store.check();
    for (const traceId of acknowledged) {
      expect((await store.reader.trace(traceId))?.spans, traceId).toHaveLength(SPANS);
    }
    const { spans } = await store.reader.arrivals(undefined, Number.POSITIVE_INFINITY);
    const arrived = spans.map((span) => span.traceId);
    for (const traceId of acknowledged) {
      expect(arrived.filter((one) => one === traceId)).toHaveLength(SPANS);
    }
    await vi.waitFor(async () => {
      for (const traceId of refused) expect(await store.reader.trace(traceId)).toBeUndefined();
    }, eventually);
    console.info(`${acknowledged.length} batches acknowledged, ${refused.length} refused`);
    await store.close();
  });
});

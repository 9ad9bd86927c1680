import { expect, it, onTestFinished, vi } from 'vitest';
import { Connection } from './connection.ts';
import { Pruning } from './pruning.ts';
import { answeringServer } from './testing/answering-server.ts';

const OLD = { _index: 'entries', _id: 'old', _seq_no: 7, _primary_term: 2, sort: [1] };

/** Prunes an index with one old entry; no refresh is allowed. Gives what was deleted and what was told. */
async function pruned(status: number) {
  const deleted: unknown[] = [];
  const url = await answeringServer((body, response, { url: path = '' }) => {
    if (path.includes('_refresh')) return response.writeHead(403).end('{}');
    if (path.includes('_pit')) return response.end('{"id":"x"}');
    if (path.includes('_search')) return response.end(JSON.stringify({ hits: { hits: [OLD] } }));
    const lines = body.trim().split('\n');
    deleted.push(...lines.map((line) => JSON.parse(line).delete));
    const error = { type: 'security_exception', reason: 'no' };
    return response.end(
      JSON.stringify({ items: lines.map(() => ({ delete: { status, error } })) }),
    );
  });
  const logger = { debug: vi.fn(), info() {}, warn: vi.fn(), error() {} };
  const connection = await Connection.of({ serverUrls: [url] });
  const aging = [{ index: 'entries', field: 'time', keptMs: 10 }];
  const pruning = new Pruning(connection, aging, () => 100, logger);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(async () => {
    pruning.stop();
    vi.useRealTimers();
    await connection.close();
  });
  pruning.start();
  return { deleted, logger };
}

it('takes the privilege to write alone, and leaves what was written again', async () => {
  const { deleted, logger } = await pruned(200);
  const entry = { _index: 'entries', _id: 'old', if_seq_no: 7, if_primary_term: 2 };
  await vi.waitFor(() => expect(deleted).toContainEqual(entry), 20_000);
  expect(logger.warn).not.toHaveBeenCalled();
});

it('that is refused is told once', async () => {
  const { logger } = await pruned(403);
  await vi.waitFor(() => expect(logger.warn).toHaveBeenCalledOnce(), 20_000);
  vi.advanceTimersByTime(3_600_000);
  await vi.waitFor(() => expect(logger.debug).toHaveBeenCalledOnce(), 20_000);
  expect(logger.warn).toHaveBeenCalledOnce();
});

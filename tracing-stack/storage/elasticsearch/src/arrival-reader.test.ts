import { expect, it } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import { answeringServer } from './testing/answering-server.ts';

it('without the privilege to refresh it says so, and goes past nothing', async () => {
  const sequence = { max_seq_no: 7, local_checkpoint: 7 };
  const shard = { routing: { primary: true }, seq_no: sequence };
  const stats = { indices: { 'spoor-arrival': { shards: { 0: [shard] } } } };
  const url = await answeringServer((_, response, { url: path = '' }) => {
    if (path.includes('_stats')) return response.end(JSON.stringify(stats));
    if (!path.includes('_refresh')) return response.end('{"hits":{"hits":[]}}');
    return response.writeHead(403).end('{"error":{"type":"security_exception","reason":"no"}}');
  });
  const store = await openElasticsearchStore({ serverUrls: [url], readOnly: true });
  await expect(store.reader.arrivals('3', 10)).rejects.toMatchObject({
    code: 'unsupported',
    message:
      '[elasticsearch] reading what arrived takes the privilege `maintenance` on spoor-arrival',
  });
  expect((await store.reader.arrivals('8', 10)).cursor).toBe('8');
  await store.close();
});

it('a shard that stands still within its numbers is not waited for without end', async () => {
  const sequence = { max_seq_no: 7, local_checkpoint: 5 };
  const shard = { routing: { primary: true }, seq_no: sequence };
  const stats = { indices: { 'spoor-arrival': { shards: { 0: [shard] } } } };
  const url = await answeringServer((_, response) => response.end(JSON.stringify(stats)));
  const store = await openElasticsearchStore({ serverUrls: [url], readOnly: true });
  await expect(store.reader.arrivals(undefined, 10)).rejects.toThrow(
    '[elasticsearch] spoor-arrival is at 5 of 7 and does not go on',
  );
  await store.close();
});

import { sampleBatch } from '@spoor/storage-testkit';
import { expect, it } from 'vitest';
import { openElasticsearchStore } from './elasticsearch-store.ts';
import { answeringServer } from './testing/answering-server.ts';

it('3: what is more than may be under way is refused, also while the server does not answer at all', async () => {
  const url = await answeringServer(() => undefined);
  const batch = sampleBatch({ spans: [{ traceId: '00000000000000aa' }] });
  const queueBytes = batch.batch.bytes.length;
  const store = await openElasticsearchStore({ serverUrls: [url], bulk: { queueBytes } });
  const first = expect(store.writer.write(batch)).rejects.toMatchObject({ code: 'closed' });
  await expect(store.writer.write(batch)).rejects.toMatchObject({
    code: 'full',
    message: `[elasticsearch] ${queueBytes} of ${queueBytes} bytes are on their way`,
  });
  await store.close(AbortSignal.abort());
  await first;
});

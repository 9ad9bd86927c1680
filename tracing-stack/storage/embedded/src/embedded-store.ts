import { type Trace, traceIdFromBytes } from '@spoor/model';
import { type StoredBatch, storedSpans } from '@spoor/storage-api';
import { compactBatch } from '@spoor/wire';
import { open } from 'lmdb';

/** Batches in one LMDB environment: `batches` by arrival, `traces` from trace id to arrival. */
export function openEmbeddedStore(directory: string) {
  const root = open({ path: directory, maxDbs: 16 });
  const batches = root.openDB<Buffer, number>({ name: 'batches', encoding: 'binary' });
  const traces = root.openDB<string, [string, number]>({ name: 'traces' });
  let next = 1 + Number([...batches.getKeys({ reverse: true, limit: 1 })][0] ?? 0);

  async function write({ batch }: StoredBatch): Promise<void> {
    const sequence = next++;
    const { count, traceIds } = batch.index();
    batches.put(sequence, Buffer.from(batch.bytes));
    for (let i = 0; i < count; i++) traces.put([traceIdFromBytes(traceIds, 16 * i), sequence], '');
    await root.flushed;
  }

  async function trace(traceId: string): Promise<Trace | undefined> {
    const spans = [...traces.getKeys({ start: [traceId, 0], end: [traceId, next] })]
      .flatMap(([, sequence]) => {
        const bytes = batches.get(sequence);
        if (bytes === undefined) return [];
        const batch = compactBatch(bytes);
        return storedSpans({ batch, format: 'proto', addedTags: [], arrivalTime: 0 });
      })
      .filter((span) => span.traceId === traceId);
    return spans.length === 0 ? undefined : { traceId, spans, warnings: [] };
  }

  return { writer: { write }, reader: { trace }, close: () => root.close() };
}

import type { KeyValue, Process } from '@spoor/model';
import { type EncodedBatch, encodeProtoBatch, protoBatch } from '@spoor/wire';

/** The batch with `tags` behind the tags of its process: `--agent.tags`. It is encoded anew, as proto. */
export function withAgentTags(batch: EncodedBatch, tags: readonly KeyValue[]): EncodedBatch {
  if (tags.length === 0) return batch;
  const processes = new Map<Process, Process>();
  const spans = batch.spans().map((span) => {
    let process = processes.get(span.process);
    if (process === undefined) {
      process = { ...span.process, tags: [...span.process.tags, ...tags] };
      processes.set(span.process, process);
    }
    return { ...span, process };
  });
  return protoBatch(encodeProtoBatch(spans));
}

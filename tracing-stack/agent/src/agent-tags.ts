import { type KeyValue, withProcessTags } from '@spoor/model';
import { type EncodedBatch, encodeProtoBatch, protoBatch } from '@spoor/wire';

/** The batch with `tags` behind the tags of its process: `--agent.tags`. It is encoded anew, as proto. */
export function withAgentTags(batch: EncodedBatch, tags: readonly KeyValue[]): EncodedBatch {
  if (tags.length === 0) return batch;
  return protoBatch(encodeProtoBatch(withProcessTags(batch.spans(), tags)));
}

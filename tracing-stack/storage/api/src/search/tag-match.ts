import { type KeyValue, type Span, valueAsString } from '@spoor/model';
import { tagHash, tagTextHash } from '@spoor/wire';
import { FORMAT_TAG, type SpanFormat, type StoredBatch } from '../stored-batch.ts';

/** Whether a span has every one of a query's tags: as a span tag, a process tag or a log field. */
export function hasTags(span: Span, tags: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of tags) if (!hasTag(span, key, value)) return false;
  return true;
}

function hasTag({ tags, process, logs }: Span, key: string, value: string): boolean {
  const equal = (tag: KeyValue) => tag.key === key && valueAsString(tag) === value;
  return tags.some(equal) || process.tags.some(equal) || logs.some((log) => log.fields.some(equal));
}

/** The hashes of the tags that every span of a batch gets and that are not in its bytes. */
export function headerTagHashes({
  format,
  addedTags,
}: Pick<StoredBatch, 'format' | 'addedTags'>): number[] {
  const added = addedTags.map(tagHash);
  return format === undefined ? added : [formatHash(format), ...added];
}

/** The hash of the tag that says by which way a span came. */
export function formatHash(format: SpanFormat): number {
  return tagTextHash(FORMAT_TAG, format);
}

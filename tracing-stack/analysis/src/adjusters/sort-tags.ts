import type { KeyValue } from '@spoor/model';
import { type Adjuster, perSpan, processTagsChange } from './adjuster.ts';
import { compareKeyValues } from './compare-key-values.ts';

/**
 * Sorts the tags of spans and processes by key, type and value, so that a reader finds them where they were last time.
 * Jaeger 1.17 left them as they came, and so are those left that came over TChannel.
 */
export const sortTags: Adjuster = (trace) => {
  const sortProcess = processTagsChange(sorted);
  return perSpan((span) => {
    if (span.overTChannel) return span;
    const tags = sorted(span.tags);
    const process = sortProcess(span.process);
    return tags === span.tags && process === span.process ? span : { ...span, tags, process };
  })(trace);
};

/** The tags in order; the array itself if they are in order already. */
export function sorted(tags: readonly KeyValue[]): readonly KeyValue[] {
  const inOrder = tags.every(
    (tag, i) => i === 0 || compareKeyValues(tags[i - 1] as KeyValue, tag) <= 0,
  );
  return inOrder ? tags : tags.toSorted(compareKeyValues);
}

import type { LogDocument, SpanDocument, TagDocument } from './span-document.ts';

/** `index.mapping.nested_objects.limit` as it is by default: what a document with more tags, logs and references is refused for. */
export const MOST_NESTED = 10_000;

/** What did not fit: the ends of a span's lists. */
export interface MoreOfSpan {
  readonly tags: readonly TagDocument[];
  readonly processTags: readonly TagDocument[];
  readonly logs: readonly LogDocument[];
}

/** The key of the tag that carries it, in a field that no index looks at. Jaeger's query service shows the tag alone. */
export const MORE_TAG = 'spoor.more';

/** The document, or if it has too many nested objects one that has not, with the rest in one of its tags. */
export function withinNestedLimit(document: SpanDocument): SpanDocument {
  const { tags, logs, references, process } = document;
  const count = tags.length + process.tags.length + references.length + sum(logs.map(logSize));
  if (count <= MOST_NESTED) return document;
  let room = MOST_NESTED - references.length - 1;
  const keptOfProcess = process.tags.slice(0, Math.max(room, 0));
  room -= keptOfProcess.length;
  const keptTags = tags.slice(0, Math.max(room, 0));
  room -= keptTags.length;
  const keptLogs = logs.slice(0, fitting(logs, room));
  const more: MoreOfSpan = {
    tags: tags.slice(keptTags.length),
    processTags: process.tags.slice(keptOfProcess.length),
    logs: logs.slice(keptLogs.length),
  };
  const told = `${more.tags.length + more.processTags.length} tags and ${more.logs.length} logs`;
  const value = `${told} are more than Elasticsearch indexes`;
  return {
    ...document,
    tags: [...keptTags, { key: MORE_TAG, type: 'string', value, more }],
    logs: keptLogs,
    process: { ...process, tags: keptOfProcess },
  };
}

/** How many logs from the first on have room. */
function fitting(logs: readonly LogDocument[], room: number): number {
  let left = room;
  const first = logs.findIndex((log) => {
    left -= logSize(log);
    return left < 0;
  });
  return first === -1 ? logs.length : first;
}

/** A log and its fields are nested objects each. */
function logSize({ fields }: LogDocument): number {
  return 1 + (fields?.length ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

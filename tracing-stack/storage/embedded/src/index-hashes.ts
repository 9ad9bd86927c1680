import type { SpanFormat } from '@spoor/storage-api';
import { tagTextHash } from '@spoor/wire';

/** What a filter holds for an operation: a hash that no tag has but by chance. */
export function operationHash(name: string): number {
  return tagTextHash('\0operation', name);
}

/** What a filter holds for the tag `internal.span.format`, which is not in the bytes of a batch. */
export function formatHash(format: SpanFormat): number {
  return tagTextHash('internal.span.format', format);
}

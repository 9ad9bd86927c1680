import { tagTextHash } from '@spoor/wire';

/** What a filter holds for an operation: a hash that no tag has but by chance. */
export function operationHash(name: string): number {
  return tagTextHash('\0operation', name);
}

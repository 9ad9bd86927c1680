import type { Operation } from '../span-store.ts';

/** The order in which `operations` answers: by name, then by kind. */
export function compareOperations(a: Operation, b: Operation): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.spanKind < b.spanKind ? -1 : a.spanKind > b.spanKind ? 1 : 0;
}

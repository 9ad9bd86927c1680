import type { Operation } from '@spoor/storage-api';
import { SPAN_KINDS, UNSPECIFIED } from './parameters/span-kinds.ts';

/** Operations with the kinds that Jaeger knows: all others are one to it. Only those of `kind`, unless it is empty. */
export function knownKinds(stored: readonly Operation[], kind: string): Operation[] {
  const byKey = new Map<string, Operation>();
  for (const { name, spanKind: own } of stored) {
    const spanKind = SPAN_KINDS.has(own) ? own : UNSPECIFIED;
    if (kind === '' || spanKind === kind) byKey.set(`${spanKind} ${name}`, { name, spanKind });
  }
  return [...byKey.values()];
}

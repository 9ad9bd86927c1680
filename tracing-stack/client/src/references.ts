import type { Reference } from '@spoor/model';
import * as opentracing from 'opentracing';
import { SpanContext } from './span-context.ts';

/** A reference to a context of ours. */
export interface KnownReference {
  readonly refType: Reference['refType'];
  readonly context: SpanContext;
}

const REF_TYPES: Readonly<Record<string, Reference['refType']>> = {
  [opentracing.REFERENCE_CHILD_OF]: 'CHILD_OF',
  [opentracing.REFERENCE_FOLLOWS_FROM]: 'FOLLOWS_FROM',
};

/** Leaves out references to nothing, and to contexts of other tracers, which have no ids that we could name. */
export function knownReferences(references: readonly opentracing.Reference[]): KnownReference[] {
  return references.flatMap((reference) => {
    const refType = REF_TYPES[reference.type()];
    const context: unknown = reference.referencedContext();
    return refType && context instanceof SpanContext ? [{ refType, context }] : [];
  });
}

/** Whose trace a span continues: the first that it is a child of, else the first that it follows from. */
export function parentOf(references: readonly KnownReference[]): SpanContext | undefined {
  return (references.find(({ refType }) => refType === 'CHILD_OF') ?? references[0])?.context;
}

/** The references as they are reported. A context of baggage alone names no span. */
export function reportedReferences(references: readonly KnownReference[]): Reference[] {
  return references
    .filter(({ context }) => context.isValid)
    .map(({ refType, context: { traceId, spanId } }) => ({ refType, traceId, spanId }));
}

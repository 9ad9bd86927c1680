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

// Loops: every span goes through here, and under tsx a closure costs more than all that it does.

/** Leaves out references to nothing, and to contexts of other tracers, which have no ids that we could name. */
export function knownReferences(references: readonly opentracing.Reference[]): KnownReference[] {
  const known: KnownReference[] = [];
  for (const reference of references) {
    const refType = REF_TYPES[reference.type()];
    const context: unknown = reference.referencedContext();
    if (refType && context instanceof SpanContext) known.push({ refType, context });
  }
  return known;
}

/** Whose trace a span continues: the first that it is a child of, else the first that it follows from. */
export function parentOf(references: readonly KnownReference[]): SpanContext | undefined {
  for (const { refType, context } of references) if (refType === 'CHILD_OF') return context;
  return references[0]?.context;
}

/** The references as they are reported. A context of baggage alone names no span. */
export function reportedReferences(references: readonly KnownReference[]): Reference[] {
  const reported: Reference[] = [];
  for (const { refType, context } of references) {
    const { traceId, spanId } = context;
    if (context.isValid) reported.push({ refType, traceId, spanId });
  }
  return reported;
}

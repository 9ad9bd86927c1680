import type { Reference } from '@spoor/model';
import * as opentracing from 'opentracing';
import type { Losses } from './losses.ts';
import { SpanContext, spanContextOf } from './span-context.ts';

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

/**
 * The references of a span's options, `childOf` last. Those to nothing are left out; so are those to contexts of other
 * tracers, which have no ids that we could name, and what is no reference: these are told.
 */
export function knownReferences(
  references: unknown,
  childOf: unknown,
  losses: Losses,
): readonly KnownReference[] {
  if (!references && !childOf) return NONE;
  const known: KnownReference[] = [];
  if (references) {
    const list: readonly unknown[] = Array.isArray(references) ? references : [references];
    for (const reference of list) {
      const found = readReference(reference);
      if (found === BAD) losses.badArgument(BAD);
      else if (found) known.push(found);
    }
  }
  if (childOf) {
    const context = readContext(childOf);
    if (context === BAD) losses.badArgument(BAD);
    else known.push({ refType: 'CHILD_OF', context });
  }
  return known;
}

const NONE: readonly KnownReference[] = [];
const BAD = 'a reference that names no span of this tracer was left out';

function readReference(reference: unknown): KnownReference | typeof BAD | undefined {
  try {
    const given = reference as opentracing.Reference;
    const refType = REF_TYPES[given.type()];
    const context: unknown = given.referencedContext();
    if (context === undefined || context === null) return undefined;
    return refType && context instanceof SpanContext ? { refType, context } : BAD;
  } catch {
    return BAD;
  }
}

function readContext(of: unknown): SpanContext | typeof BAD {
  try {
    return spanContextOf(of as opentracing.SpanContext) ?? BAD;
  } catch {
    return BAD;
  }
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

import { parentReferenceAt, type Reference } from '@spoor/model';
import { type Adjuster, perSpan } from './adjuster.ts';

/** Removes references to the trace id zero, which is no trace, with a warning for each. */
export const removeInvalidReferences: Adjuster = perSpan((span) => {
  const invalid = span.references.filter(isInvalid);
  if (invalid.length === 0) return span;
  return {
    ...span,
    references: span.references.filter((reference) => !isInvalid(reference)),
    warnings: [...span.warnings, ...invalid.map(warning)],
  };
});

/** Puts the reference that makes a span's parent first. */
export const parentReferenceFirst: Adjuster = perSpan((span) => {
  const at = parentReferenceAt(span.references, ({ traceId }) => traceId === span.traceId);
  const first = span.references[0];
  const parent = span.references[at];
  if (at <= 0 || !first || !parent) return span;
  return { ...span, references: span.references.with(0, parent).with(at, first) };
});

function isInvalid(reference: Reference): boolean {
  return /^0+$/.test(reference.traceId);
}

/** Jaeger prints the whole Go struct of its protobuf message, the generated fields too. */
function warning({ traceId, spanId, refType }: Reference): string {
  return `Invalid span reference removed {TraceID:${traceId} SpanID:${spanId} RefType:${refType} XXX_NoUnkeyedLiteral:{} XXX_unrecognized:[] XXX_sizecache:0}`;
}

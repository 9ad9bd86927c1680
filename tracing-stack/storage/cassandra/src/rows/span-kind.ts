import { type Span, spanKind } from '@spoor/model';

/** The kinds that Jaeger knows. */
const KINDS: ReadonlySet<string> = new Set([
  'client',
  'server',
  'producer',
  'consumer',
  'internal',
]);
const UNSPECIFIED = 'unspecified';

/** A kind as `operation_names_v2` has it. */
export function storedKind(kind: string): string {
  return KINDS.has(kind) ? kind : UNSPECIFIED;
}

/** A stored kind as our stores answer it: empty for none. Older Jaegers wrote none as an empty one, and any other as it came. */
export function answeredKind(kind: string): string {
  return kind === UNSPECIFIED ? '' : kind;
}

/** The kind that a span says it is of, as `operation_names_v2` has it. */
export function storedKindOf(span: Span): string {
  return storedKind(spanKind(span));
}

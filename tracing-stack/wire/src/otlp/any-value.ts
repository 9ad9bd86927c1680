import type { AnyValue } from './otlp-trace.ts';

/** Values within a value; proto's own readers stop at a hundred messages, of which one takes three. */
export const MAX_VALUE_DEPTH = 32;

/** `Array.isArray` knows no lists that are read-only. */
export function isMap(
  value: readonly AnyValue[] | ReadonlyMap<string, AnyValue>,
): value is ReadonlyMap<string, AnyValue> {
  return value instanceof Map;
}

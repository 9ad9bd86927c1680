import type { JsonValue, ObservedSpan } from '../jaeger-json/observed-trace.ts';
import { isSameValue } from './likeness.ts';
import type { Shape } from './shape.ts';

/** The sampler's decision is written on the root alone, which may be a span of the learner's own above this one. */
export function tagOf(shape: Shape, span: ObservedSpan, key: string): JsonValue | undefined {
  const own = span.tags[key];
  return own === undefined && key.startsWith('sampler.') ? shape.seen.top(span).tags[key] : own;
}

/** Of a key that was set several times any value counts: backends sort them, so which was the last is lost. */
export function hasTag(shape: Shape, span: ObservedSpan, key: string, value: JsonValue): boolean {
  const actual = tagOf(shape, span, key);
  if (actual !== undefined && isSameValue(value, actual)) return true;
  return (span.earlierTags ?? []).some(([other, one]) => other === key && isSameValue(value, one));
}

/** Those of `fields` that are in no log of the span. What belongs together may come in one log or in several. */
export function fieldsNotLogged(
  { logs }: ObservedSpan,
  fields: Readonly<Record<string, JsonValue>>,
): [string, JsonValue][] {
  const logged = logs.flatMap((log) => Object.entries(log.fields));
  return Object.entries(fields).filter(
    ([key, value]) =>
      !logged.some(([other, actual]) => other === key && isSameValue(value, actual)),
  );
}

import type { JsonValue, ObservedSpan } from '../../jaeger-json/observed-trace.ts';
import { isSameValue } from '../likeness.ts';
import type { Pair, Shape } from '../shape.ts';
import { fieldsNotLogged } from '../written.ts';

type Fields = Readonly<Record<string, JsonValue>>;

/** A span that holds the tag which another should have, and that itself should not: not with this value. */
export function holderOfTag(
  shape: Shape,
  { wanted, span }: Pair,
  key: string,
  value: JsonValue,
): ObservedSpan | undefined {
  return othersOf(shape, span, wanted.service).find((other) => {
    const own = shape.pairOf(other)?.wanted.tags[key];
    const isOwn = own !== undefined && isSameValue(own, value);
    const written = [...Object.entries(other.tags), ...(other.earlierTags ?? [])];
    return !isOwn && written.some(([name, actual]) => name === key && isSameValue(value, actual));
  });
}

/** A span that holds all of a log which another should have, and has no use for it itself. */
export function holderOfLog(
  shape: Shape,
  { wanted, span }: Pair,
  fields: Fields,
): ObservedSpan | undefined {
  return othersOf(shape, span, wanted.service).find((other) => {
    if (fieldsNotLogged(other, fields).length > 0) return false;
    const own = shape.pairOf(other)?.wanted.logs ?? [];
    return !own.some((log) => isSubset(fields, log));
  });
}

/** Two calls of one name of which each logged what the other should have. */
export function exchangedWith(shape: Shape, pair: Pair, fields: Fields): Pair | undefined {
  return shape.pairs.find(
    (other) =>
      other !== pair &&
      other.wanted.name === pair.wanted.name &&
      fieldsNotLogged(other.span, fields).length === 0 &&
      !other.wanted.logs.some((log) => isSubset(fields, log)) &&
      other.wanted.logs.some(
        (log) =>
          fieldsNotLogged(other.span, log).length > 0 &&
          fieldsNotLogged(pair.span, log).length === 0,
      ),
  );
}

/** What is written in another service cannot be a slip of the variable. */
function othersOf(shape: Shape, span: ObservedSpan, service: string): ObservedSpan[] {
  return shape.seen.all
    .map((seen) => seen.span)
    .filter((other) => other !== span && other.serviceName === service);
}

function isSubset(fields: Fields, log: Fields): boolean {
  return Object.entries(fields).every(
    ([key, value]) => log[key] !== undefined && isSameValue(value, log[key] as JsonValue),
  );
}

import { isAskedLater } from '../expected/asked-step.ts';
import type { ExpectedSpan } from '../expected/expected-trace.ts';
import { KIND } from './rules/attributes.ts';
import type { Pair, Shape } from './shape.ts';
import { fieldsNotLogged, hasTag } from './written.ts';

/** Something that is expected to be written on a span. */
export interface OverlayMark {
  readonly what: 'tag' | 'log' | 'kind' | 'service' | 'name';
  /** A name, or `key=value` of a tag, or those of a log. */
  readonly text: string;
  /** `later`: not there, and only a later step asks for it. */
  readonly is: 'there' | 'missing' | 'later';
}

/**
 * What is expected on a span: all its tags and logs; name and service only where they differ. What is there is told by
 * the span alone, whatever explains that it is not. @param step the last one that counts
 */
export function marksOf(shape: Shape, pair: Pair, step: string | undefined): OverlayMark[] {
  const { wanted, span } = pair;
  return [
    ...(span.operationName === wanted.name ? [] : [misnamed('name', wanted.name)]),
    ...(span.serviceName === wanted.service ? [] : [misnamed('service', wanted.service)]),
    ...marksWith(
      wanted,
      step,
      (key, value) => hasTag(shape, span, key, value),
      (fields) => fieldsNotLogged(span, fields).length === 0,
    ),
  ];
}

/** All that is expected on a span that is not there. */
export function marksMissing(wanted: ExpectedSpan, step: string | undefined): OverlayMark[] {
  const never = () => false;
  return marksWith(wanted, step, never, never);
}

type Value = ExpectedSpan['tags'][string];

function marksWith(
  wanted: ExpectedSpan,
  step: string | undefined,
  isTagThere: (key: string, value: Value) => boolean,
  isLogThere: (fields: Readonly<Record<string, Value>>) => boolean,
): OverlayMark[] {
  const absent = (key?: string) => (isAskedLater(wanted, step, key) ? 'later' : 'missing');
  return [
    ...Object.entries(wanted.tags).map(
      ([key, value]): OverlayMark => ({
        what: key === KIND ? 'kind' : 'tag',
        text: `${key}=${value}`,
        is: isTagThere(key, value) ? 'there' : absent(key),
      }),
    ),
    ...wanted.logs.map(
      (fields): OverlayMark => ({
        what: 'log',
        text: Object.entries(fields)
          .map(([key, value]) => `${key}=${value}`)
          .join(', '),
        is: isLogThere(fields) ? 'there' : absent(),
      }),
    ),
  ];
}

const misnamed = (what: OverlayMark['what'], text: string): OverlayMark => ({
  what,
  text,
  is: 'missing',
});

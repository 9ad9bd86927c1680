import type { ExpectedSpan } from '../expected/expected-trace.ts';
import { attributes } from './rules/attributes.ts';
import type { Pair, Shape } from './shape.ts';

/** Something that is expected to be written on a span. */
export interface OverlayMark {
  readonly is: 'tag' | 'log' | 'kind' | 'service' | 'name';
  /** A name, or `key=value` of a tag, or those of a log. */
  readonly text: string;
  readonly isThere: boolean;
}

/** What is expected on a span: all its tags and logs; name and service only where they differ. */
export function marksOf(shape: Shape, pair: Pair): OverlayMark[] {
  const { wanted, span } = pair;
  const wrong = attributes(shape).filter(({ expected }) => expected === wanted.id);
  const isWrongTag = (key: string) =>
    wrong.some(({ rule, params }) => rule === 'A-TAG' && params['key'] === key);
  const isWrongLog = (text: string) =>
    wrong.some(({ rule, params }) => rule === 'A-LOG' && params['expected'] === text);
  const isWrong = (rule: string) => wrong.some((finding) => finding.rule === rule);
  return [
    ...(span.operationName === wanted.name ? [] : [mark('name', wanted.name, false)]),
    ...(span.serviceName === wanted.service ? [] : [mark('service', wanted.service, false)]),
    ...wantedMarks(wanted).map(({ is, key, text }) =>
      mark(
        is,
        text,
        is === 'kind' ? !isWrong('A-KIND') : is === 'tag' ? !isWrongTag(key) : !isWrongLog(text),
      ),
    ),
  ];
}

function wantedMarks({ tags, logs }: ExpectedSpan) {
  return [
    ...Object.entries(tags).map(([key, value]) => ({
      is: key === 'span.kind' ? ('kind' as const) : ('tag' as const),
      key,
      text: `${key}=${value}`,
    })),
    ...logs.map((fields) => ({
      is: 'log' as const,
      key: '',
      text: Object.entries(fields)
        .map(([key, value]) => `${key}=${value}`)
        .join(', '),
    })),
  ];
}

const mark = (is: OverlayMark['is'], text: string, isThere: boolean): OverlayMark => ({
  is,
  text,
  isThere,
});

/** All that is expected on a span that is not there. */
export function marksMissing(wanted: ExpectedSpan): OverlayMark[] {
  return wantedMarks(wanted).map(({ is, text }) => mark(is, text, false));
}

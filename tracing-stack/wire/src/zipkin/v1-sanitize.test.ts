import { describe, expect, it } from 'vitest';
import { sanitizeV1Span } from './v1-sanitize.ts';
import type { V1Span, V1Value } from './v1-span.ts';

const SPAN: V1Span = {
  traceId: '00000000000000a1',
  spanId: '00000000000000b2',
  parentId: undefined,
  name: 'n',
  timestamp: 1000,
  duration: 5,
  debug: false,
  annotations: [],
  binaryAnnotations: [],
};

const at = (timestamp: number, value: string) => ({ timestamp, value, host: undefined });
const tag = (key: string, value: V1Value) => ({ key, value, host: undefined });

describe('what Jaeger agents mend in a Zipkin span', () => {
  const PARENT = '00000000000000c3';
  it.each<[string, Partial<V1Span>, Partial<V1Span>]>([
    ['nothing where nothing is wrong', {}, {}],
    [
      'a client says when it sent',
      { timestamp: undefined, annotations: [at(7, 'sr'), at(5, 'cs')] },
      { timestamp: 5 },
    ],
    [
      'a root says when it received',
      { timestamp: undefined, annotations: [at(7, 'sr')] },
      { timestamp: 7 },
    ],
    [
      'a child that only received has no start',
      { timestamp: undefined, parentId: PARENT, annotations: [at(7, 'sr')] },
      { timestamp: undefined },
    ],
    ['no duration is one microsecond', { duration: undefined }, { duration: 1 }],
    [
      'or from the first annotation to the last',
      { timestamp: undefined, duration: undefined, annotations: [at(10, 'a'), at(25, 'b')] },
      { timestamp: 10, duration: 15 },
    ],
    [
      'or from send to receive',
      {
        duration: undefined,
        annotations: [at(1, 'x'), at(10, 'cs'), at(30, 'cr'), at(90, 'y')],
      },
      { duration: 20 },
    ],
    [
      'annotations that run backwards say nothing',
      { duration: undefined, annotations: [at(20, 'a'), at(10, 'b')] },
      { duration: 1 },
    ],
    [
      'a negative duration is told in a tag',
      { duration: -7 },
      { duration: 1, binaryAnnotations: [tag('errNegativeDuration', '-7')] },
    ],
    ['a duration of 0 is one', { duration: 0 }, { duration: 0 }],
    [
      'a parent of 0 is none, and told in a tag',
      { parentId: '0000000000000000' },
      { parentId: undefined, binaryAnnotations: [tag('errZeroParentID', '0')] },
    ],
    ['another parent stays', { parentId: PARENT }, {}],
    ...(
      [
        ['', true],
        ['TRUE', true],
        ['False', false],
        [true, true],
        [false, false],
      ] as const
    ).map(([said, meant]): [string, Partial<V1Span>, Partial<V1Span>] => [
      `error=${JSON.stringify(said)}`,
      { binaryAnnotations: [tag('Error', said)] },
      { binaryAnnotations: [tag('Error', meant)] },
    ]),
    [
      'an error with a text keeps it beside',
      { binaryAnnotations: [tag('error', 'boom'), tag('k', 'v')] },
      { binaryAnnotations: [tag('error', true), tag('k', 'v'), tag('error.message', 'boom')] },
    ],
  ])('%s', (_, came, becomes) => {
    const span = { ...SPAN, ...came };
    expect(sanitizeV1Span(span)).toEqual({ ...span, ...becomes });
  });
});

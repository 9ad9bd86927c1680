import { expect, test } from 'vitest';
import type { CallSpan } from './call-span.ts';
import { callsIn, lacksParent } from './calls.ts';

function span(serviceName: string, spanId: string, parents = '', spanKind = ''): CallSpan {
  return { spanId, parentIds: [...parents], serviceName, spanKind, startTime: 1 };
}

test.each<[string, CallSpan[], string[]]>([
  [
    'whoever sent a part of what a consumer takes called it, each once',
    [span('a', '1'), span('b', '2'), span('queue', '3', '122')],
    ['a>queue', 'b>queue'],
  ],
  [
    'several servers that share the id of a client were all called by it',
    [
      span('edge', '1'),
      span('a', '2', '1', 'client'),
      span('b', '2', '1', 'server'),
      span('c', '2', '1', 'server'),
    ],
    ['edge>a', 'a>b', 'a>c'],
  ],
  [
    'a producer and a consumer may share an id, too',
    [span('a', '2', '', 'producer'), span('b', '2', '', 'consumer'), span('c', '3', '2')],
    ['a>b', 'b>c'],
  ],
  [
    'an id that two servers share by chance makes no call between them',
    [span('a', '2', '', 'server'), span('b', '2', '', 'server'), span('c', '3', '2')],
    ['a>c'],
  ],
])('%s', (_what, spans, calls) => {
  expect(callsIn(spans).map(({ parent, child }) => `${parent}>${child}`)).toEqual(calls);
});

test('a span that names an absent parent is told from one that names none', () => {
  expect(lacksParent([span('a', '1'), span('b', '2', '1')])).toBe(false);
  expect(lacksParent([span('a', '1'), span('b', '2', '19')])).toBe(true);
});

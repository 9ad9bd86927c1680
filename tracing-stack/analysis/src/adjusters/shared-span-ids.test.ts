import type { KeyValue, Reference, Span, Trace } from '@spoor/model';
import { expect, test } from 'vitest';
import { separateSharedSpanIds } from './shared-span-ids.ts';

const TRACE = '00000000000000ab';

function id(number: number): string {
  return number.toString(16).padStart(16, '0');
}

function to(
  spanId: number,
  refType: Reference['refType'] = 'CHILD_OF',
  traceId = TRACE,
): Reference {
  return { refType, traceId, spanId: id(spanId) };
}

function span(spanId: number, kind: string | undefined, ...references: Reference[]): Span {
  const tags: KeyValue[] =
    kind === undefined ? [] : [{ key: 'span.kind', type: 'string', value: kind }];
  return {
    traceId: TRACE,
    spanId: id(spanId),
    operationName: 'o',
    references,
    flags: 1,
    startTime: 0,
    duration: 1,
    tags,
    logs: [],
    process: { serviceName: 's', tags: [] },
    warnings: [],
  };
}

/** Each span as `id<parents`. */
function separated(...spans: Span[]): string[] {
  const trace: Trace = { traceId: TRACE, spans, warnings: [] };
  const short = (hex: string) => Number.parseInt(hex, 16);
  return separateSharedSpanIds(trace).spans.map(
    ({ spanId, references }) =>
      `${short(spanId)}<${references.map((reference) => short(reference.spanId)).join(',')}`,
  );
}

const FOREIGN = to(2, 'FOLLOWS_FROM', '00000000000000ff');

test.each<[string, Span[], string[]]>([
  [
    'the server gets an id of its own below the client, and what it called hangs on it',
    [
      span(1, undefined),
      span(2, 'client', to(1)),
      span(2, 'server', to(1)),
      span(3, 'client', to(2)),
    ],
    ['1<', '2<1', '4<2', '3<4'],
  ],
  [
    'the order of arrival does not matter',
    [span(3, undefined, to(2)), span(2, 'server', to(1)), span(2, 'client', to(1))],
    ['3<1', '1<2', '2<1'],
  ],
  ['a shared root', [span(5, 'server'), span(5, 'client')], ['1<5', '5<']],
  [
    'a parent by FOLLOWS_FROM, and references to other traces',
    [
      span(2, 'client'),
      span(2, 'server', FOREIGN),
      span(3, undefined, FOREIGN, to(2, 'FOLLOWS_FROM')),
    ],
    ['2<', '1<2,2', '3<2,1'],
  ],
  [
    'of several servers each hangs on the client, and children on the last',
    [span(2, 'client'), span(2, 'server'), span(2, 'server'), span(3, undefined, to(2))],
    ['2<', '1<2', '4<2', '3<4'],
  ],
  [
    'two calls, one within the other',
    [span(1, 'client'), span(1, 'server'), span(2, 'client', to(1)), span(2, 'server', to(1))],
    ['1<', '3<1', '2<3', '4<2'],
  ],
])('%s', (_what, spans, expected) => {
  expect(separated(...spans)).toEqual(expected);
});

test.each<[string, Span[]]>([
  ['two servers', [span(2, 'server'), span(2, 'server')]],
  ['two clients', [span(2, 'client'), span(2, 'client')]],
  ['a client and a span of no kind', [span(2, 'client'), span(2, undefined)]],
  ['nobody', [span(1, 'client'), span(2, 'server', to(1))]],
])('an id that %s have stays, and the trace is handed on itself', (_what, spans) => {
  const trace: Trace = { traceId: TRACE, spans, warnings: [] };
  expect(separateSharedSpanIds(trace)).toBe(trace);
});

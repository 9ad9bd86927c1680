import type { KeyValue, Span } from '@spoor/model';
import { expect, test } from 'vitest';
import { type DependencyLink, DependencyLinks } from './dependency-links.ts';

const TRACE = '00000000000000ab';

/** A span of `service` below `parentId`. */
function span(service: string, spanId: string, parentId?: string, kind?: string): Span {
  const tags: KeyValue[] =
    kind === undefined ? [] : [{ key: 'span.kind', type: 'string', value: kind }];
  return {
    traceId: TRACE,
    spanId,
    operationName: 'o',
    references:
      parentId === undefined ? [] : [{ refType: 'CHILD_OF', traceId: TRACE, spanId: parentId }],
    flags: 1,
    startTime: 0,
    duration: 1,
    tags,
    logs: [],
    process: { serviceName: service, tags: [] },
    warnings: [],
  };
}

function links(...traces: Span[][]): DependencyLink[] {
  const found = new DependencyLinks();
  for (const spans of traces) found.add({ traceId: TRACE, spans, warnings: [] });
  return found.all();
}

test('every span below a span of another service is a call, over all traces', () => {
  const trace = [span('a', '1'), span('b', '2', '1'), span('b', '3', '1'), span('c', '4', '3')];
  expect(links(trace, [span('a', '1'), span('b', '2', '1')])).toEqual([
    { parent: 'a', child: 'b', callCount: 3 },
    { parent: 'b', child: 'c', callCount: 1 },
  ]);
});

test.each<[string, Span[]]>([
  ['a service within itself', [span('a', '1'), span('a', '2', '1')]],
  ['a missing parent', [span('a', '1'), span('b', '2', '9')]],
  ['a span that is its own parent', [span('a', '1', '1')]],
  ['roots', [span('a', '1'), span('b', '2')]],
])('%s is no call', (_what, spans) => {
  expect(links(spans)).toEqual([]);
});

test('a span that was sent twice is one call, and so is an id that client and server share', () => {
  const call = span('b', '2', '1');
  expect(links([span('a', '1'), call, { ...call }])).toEqual([
    { parent: 'a', child: 'b', callCount: 1 },
  ]);
  const shared = [span('a', '0000000000000001', undefined, 'client')];
  shared.push(span('b', '0000000000000001', undefined, 'server'));
  expect(links(shared)).toEqual([{ parent: 'a', child: 'b', callCount: 1 }]);
});

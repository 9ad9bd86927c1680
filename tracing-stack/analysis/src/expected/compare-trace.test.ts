import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ObservedSpan } from '../jaeger-json/observed-trace.ts';
import { compareTrace } from './compare-trace.ts';
import type { ExpectedTrace } from './expected-trace.ts';

const expected: ExpectedTrace = JSON.parse(
  readFileSync(new URL('../../../../lessons/03-http/expected.json', import.meta.url), 'utf8'),
);
const [front, call, service1] = expected.spans.map(
  (span, i): ObservedSpan => ({
    spanId: `${i + 1}`,
    parentId: i === 0 ? undefined : `${i}`,
    operationName: span.name,
    serviceName: span.service,
    startTime: i,
    duration: 10,
    hasError: false,
    tags: { ...span.tags, 'internal.span.format': 'proto' },
    logs: [
      { timestamp: 1, fields: { event: 'baggage', key: 'baggage', value: '1' } },
      ...span.logs.map((fields) => ({ timestamp: 2, fields })),
    ],
    processTags: { hostname: 'h' },
  }),
) as [ObservedSpan, ObservedSpan, ObservedSpan];

function without(tags: ObservedSpan['tags'], key: string): ObservedSpan['tags'] {
  return Object.fromEntries(Object.entries(tags).filter(([other]) => other !== key));
}

describe("lesson 3's trace", () => {
  test.each<[string, ObservedSpan[], object[]]>([
    ['is whole, in any order, with more tags and logs', [service1, front, call], []],
    [
      'lacks a span',
      [front, call],
      [{ rule: 'spanMissing', span: service1.operationName, service: 'jaeger-http-service1' }],
    ],
    [
      'lacks everything',
      [],
      [{ rule: 'spanMissing' }, { rule: 'spanMissing' }, { rule: 'spanMissing' }],
    ],
    [
      'has a span too many',
      [front, call, service1, { ...call, spanId: '9', tags: {} }],
      [{ rule: 'spanExtra', span: 'CallHttpService1Opname' }],
    ],
    [
      'hangs under the wrong parent',
      [front, call, { ...service1, parentId: '1' }],
      [{ rule: 'parent', expected: call.operationName, actual: { name: front.operationName } }],
    ],
    [
      'has two roots',
      [front, { ...call, parentId: undefined }, service1],
      [{ rule: 'parent', span: call.operationName, actual: { kind: 'none' } }],
    ],
    [
      'has a root with a parent that never came',
      [{ ...front, parentId: 'ff' }, call, service1],
      [{ rule: 'root', actual: { kind: 'foreign', spanId: 'ff' } }],
    ],
    [
      'names another service',
      [front, call, { ...service1, serviceName: 'other' }],
      [{ rule: 'service', expected: 'jaeger-http-service1', actual: 'other' }],
    ],
    [
      'lacks the kind and misspells a baggage value',
      [
        front,
        { ...call, tags: without(call.tags, 'span.kind') },
        { ...service1, tags: { ...service1.tags, baggage: '12345678' } },
      ],
      [
        { rule: 'tagMissing', key: 'span.kind', expected: 'client' },
        { rule: 'tag', key: 'baggage', expected: '123456789', actual: '12345678' },
      ],
    ],
    [
      'has a tag of another type',
      [front, call, { ...service1, tags: { ...service1.tags, baggage1: 12345 } }],
      [{ rule: 'tag', key: 'baggage1', expected: '12345', actual: 12345 }],
    ],
    [
      'spreads one log over two',
      [
        {
          ...front,
          logs: [
            { timestamp: 1, fields: { funcName: 'JaegerHttp' } },
            { timestamp: 2, fields: { response: 'Jaeger Http' } },
          ],
        },
        call,
        service1,
      ],
      [{ rule: 'logMissing', span: front.operationName }],
    ],
  ])('%s', (_what, spans, findings) => {
    expect(compareTrace(expected, spans)).toMatchObject(findings);
    expect(compareTrace(expected, spans)).toHaveLength(findings.length);
  });

  test('lacks a process tag, whose value does not matter', () => {
    const [root] = expected.spans;
    if (!root) throw new Error('expected.json is empty');
    const spans = [{ ...root, processTags: ['hostname', 'ip'] }];
    expect(compareTrace({ spans }, [front])).toEqual([
      { rule: 'processTagMissing', span: root.name, key: 'ip' },
    ]);
  });

  test('of two spans with one name, each is paired with the one that fits it', () => {
    const twice: ExpectedTrace = {
      spans: [
        { id: 'root', name: 'root', service: 's', parent: null, tags: {}, logs: [] },
        { id: 'one', name: 'work', service: 's', parent: 'root', tags: { n: 1 }, logs: [] },
        { id: 'two', name: 'work', service: 's', parent: 'one', tags: { n: 2 }, logs: [] },
      ],
    };
    const span = (spanId: string, parentId: string | undefined, n: number): ObservedSpan => ({
      ...front,
      spanId,
      parentId,
      operationName: parentId ? 'work' : 'root',
      serviceName: 's',
      tags: { n },
    });
    const spans = [span('c', 'b', 2), span('b', 'a', 1), span('a', undefined, 0)];
    expect(compareTrace(twice, spans)).toEqual([]);
  });
});

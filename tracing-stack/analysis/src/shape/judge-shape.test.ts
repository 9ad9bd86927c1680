import { describe, expect, test } from 'vitest';
import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';
import { cutOff, expectedOf, START, trace } from './example-traces.ts';
import { judgeShape } from './judge-shape.ts';

const first = expectedOf('01-init');
const inner = expectedOf('02-inner');
const http = expectedOf('03-http');
const grpc = expectedOf('04-grpc');
const LESSONS = { first: { ...first, traces: 1 }, inner, http, grpc };

const each = (
  { traceId, spans }: ObservedTrace,
  change: (span: ObservedSpan) => Partial<ObservedSpan>,
): ObservedTrace => ({ traceId, spans: spans.map((span) => ({ ...span, ...change(span) })) });
const millisecond = (micros: number) => Math.floor(micros / 1000) * 1000;

describe.each(Object.entries(LESSONS))('a right program is not accused (%s)', (_name, expected) => {
  const right = trace(expected);
  const root = right.spans[0] as ObservedSpan;
  test.each<[string, ObservedTrace[]]>([
    ['in the usual style', [right]],
    ['with its spans in any order', [{ ...right, spans: right.spans.toReversed() }]],
    [
      'with tags and logs of its own',
      [
        each(right, ({ tags, logs, startTime }) => ({
          tags: { note: 'mine', Baggage: 'x', tayKei: 1, ...tags },
          logs: [
            { timestamp: startTime, fields: { event: 'baggage', key: 'k', value: 'v' } },
            ...logs,
            { timestamp: startTime + 9, fields: { Event: 'inner call', funcname: 'x' } },
          ],
        })),
      ],
    ],
    [
      'with each field in a log of its own',
      [
        each(right, ({ logs }) => ({
          logs: logs.flatMap(({ timestamp, fields }) =>
            Object.entries(fields).map(([key, value]) => ({ timestamp, fields: { [key]: value } })),
          ),
        })),
      ],
    ],
    [
      'whose tags were set to something else first',
      [
        each(right, ({ tags }) => ({
          tags: Object.fromEntries(Object.keys(tags).map((key) => [key, 'other'])),
          earlierTags: Object.entries(tags),
        })),
      ],
    ],
    [
      'with spans of its own beside the expected ones',
      [trace(expected, { validate: { under: root.spanId }, parse: { under: 'validate' } })],
    ],
    [
      'whose root was given its end as Date.now()',
      [
        each(right, ({ spanId, startTime }) => {
          const last = Math.max(startTime + 1000, ...right.spans.slice(1).map(endTime));
          return spanId === root.spanId ? { duration: millisecond(last) - startTime } : {};
        }),
      ],
    ],
    [
      'with a span of its own above the root',
      [
        trace(expected, {
          main: { startTime: START - 1000, duration: 500_000 },
          [root.spanId]: { under: 'main' },
        }),
      ],
    ],
    [
      'with spans of its own between parent and child',
      [
        each(
          trace(
            expected,
            Object.fromEntries(
              right.spans
                .filter(({ parentId }) => parentId)
                .map(({ spanId, parentId = null }) => [`around-${spanId}`, { under: parentId }]),
            ),
          ),
          ({ spanId, parentId }) =>
            parentId && !spanId.startsWith('around') ? { parentId: `around-${spanId}` } : {},
        ),
      ],
    ],
    [
      'with a span of its own that nobody waits for',
      [
        trace(expected, {
          'write cache': {
            under: root.spanId,
            parentReference: 'FOLLOWS_FROM',
            duration: 9_000_000,
          },
        }),
      ],
    ],
    [
      'with a span of its own that outlives its parent, and one whose parent never came',
      [
        trace(expected, {
          late: { under: root.spanId, duration: 9_000_000 },
          lost: { under: 'nobody' },
        }),
      ],
    ],
    [
      'with spans of its own whose names hold data',
      [
        trace(
          expected,
          Object.fromEntries(
            Array.from({ length: 9 }, (_, i) => [`step ${i}`, { under: root.spanId }]),
          ),
        ),
      ],
    ],
    [
      'with another call to the same operation',
      [
        trace(expected, {
          again: {
            under: right.spans.at(-1)?.parentId ?? null,
            operationName: right.spans.at(-1)?.operationName ?? '',
            serviceName: right.spans.at(-1)?.serviceName ?? '',
          },
        }),
      ],
    ],
    [
      'with a trace of its own besides, before or after',
      [
        trace(expected, { boot: { startTime: START - 9e6 } }),
        {
          traceId: 'b2',
          spans: [{ ...root, spanId: 'x', operationName: 'warm up', tags: {}, logs: [] }],
        },
      ],
    ],
    [
      'that was run twice',
      [right, trace(expected, {}, { traceId: 'b2', start: START + 5_000_000 })],
    ],
    [
      'with a clock of whole milliseconds, whose child ends late by one timer',
      [
        each(right, ({ startTime, duration, parentId }) => ({
          startTime: millisecond(startTime),
          duration: millisecond(duration) + (parentId ? 19_000 : 0),
        })),
      ],
    ],
    [
      'with npm jaeger-client',
      [
        each(right, ({ startTime, duration, tags, parentId }) => ({
          startTime: millisecond(startTime),
          duration: millisecond(duration),
          tags: {
            ...(parentId ? {} : { 'sampler.type': 'const', 'sampler.param': true }),
            ...tags,
          },
          processTags: {
            'jaeger.version': 'Node-3.19.0',
            hostname: 'h',
            ip: '10.0.0.1',
            'client-uuid': 'u',
          },
        })),
      ],
    ],
    [
      'with a server that finishes when its answer is on the way',
      [
        each(right, ({ parentId, serviceName, duration }) => {
          const caller = right.spans.find(({ spanId }) => spanId === parentId);
          const late = caller && caller.serviceName !== serviceName;
          return late ? { duration: caller.duration + 60_000 } : { duration };
        }),
      ],
    ],
    [
      'with numbers as text and text as numbers, and its machine by another name',
      [
        each(right, ({ tags }) => ({
          tags: Object.fromEntries(
            Object.entries(tags).map(([key, value]) => [
              key,
              key === 'http.url'
                ? String(value).replace('localhost', '127.0.0.1')
                : /^\d+$/.test(String(value))
                  ? Number(value)
                  : String(value),
            ]),
          ),
        })),
      ],
    ],
  ])('%s', (_style, traces) => {
    expect(judgeShape(expected, traces)).toEqual([]);
  });

  test('with calls in its own process that follow from their caller', () => {
    const followed = each(right, ({ parentId, serviceName }) => {
      const caller = right.spans.find(({ spanId }) => spanId === parentId);
      const isOwn = caller?.serviceName === serviceName;
      return isOwn ? { parentReference: 'FOLLOWS_FROM', duration: 900_000 } : {};
    });
    expect(judgeShape(expected, [followed])).toEqual([]);
  });
});

test('two traces are enough where two are asked for, and a third is welcome', () => {
  const [one, two, three] = ['1', '2', '3'].map((traceId) => trace(first, {}, { traceId }));
  if (!one || !two || !three) throw new Error('not made');
  expect(judgeShape(first, [one, two])).toEqual([]);
  expect(judgeShape(first, [one, two, three])).toEqual([]);
  expect(judgeShape(first, [one])).toMatchObject([{ rule: 'T-MISSING' }]);
  const misnamed = each(two, () => ({ operationName: 'firstSpan' }));
  expect(judgeShape(first, [one, misnamed])).toMatchObject([{ rule: 'A-NAME' }]);
});

const without = (fields: ObservedSpan['tags'], ...keys: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
const tagsOf = (lesson: typeof inner, id: string) =>
  lesson.spans.find((span) => span.id === id)?.tags ?? {};
const log = (...all: ObservedSpan['tags'][]) => all.map((fields) => ({ timestamp: START, fields }));

describe('one mistake gets one finding', () => {
  test.each<[string, typeof inner, ObservedTrace[], object]>([
    // Lesson 1.
    [
      'another name altogether',
      LESSONS.first,
      [trace(first, { first: { operationName: 'hello' } })],
      { rule: 'A-NAME', params: { expected: 'first-span', actual: 'hello' } },
    ],
    [
      'another service',
      LESSONS.first,
      [trace(first, { first: { serviceName: 'hello-Jaeger' } })],
      { rule: 'A-SERVICE', params: { expected: 'hello-jaeger', actual: 'hello-Jaeger' } },
    ],
    [
      'another sampler',
      LESSONS.first,
      [
        trace(first, {
          first: { tags: { 'sampler.type': 'probabilistic', 'sampler.param': true } },
        }),
      ],
      { rule: 'A-TAG', params: { key: 'sampler.type', actual: 'probabilistic' } },
    ],
    // Lesson 2.
    [
      'nothing arrived of a function',
      inner,
      [trace(inner, { service2: null })],
      {
        rule: 'T-MISSING',
        params: { span: 'Service2Opname', service: 'inner' },
        expected: 'service2',
      },
    ],
    [
      'a function without a span, whose child hangs under the root',
      inner,
      [trace(inner, { service1: null, 'service2-in-service1': { under: 'root' } })],
      { rule: 'T-MISSING', params: { span: 'Service1Opname' } },
    ],
    [
      'the outer context handed on',
      inner,
      [trace(inner, { 'service2-in-service1': { under: 'root' } })],
      {
        rule: 'L2-CTX',
        variant: 'WHICH',
        params: {
          span: 'Service2Opname',
          expected: 'Service1Opname',
          actual: 'RootSpanOpname',
          which: 'request=CallService2-2',
        },
        span: { traceId: 'a1', spanId: 'service2-in-service1' },
        expected: 'service2-in-service1',
      },
    ],
    [
      'the inner context handed on to the second call',
      inner,
      [trace(inner, { service2: { under: 'service1' } })],
      {
        rule: 'T-PARENT',
        variant: 'WHICH',
        params: {
          span: 'Service2Opname',
          expected: 'RootSpanOpname',
          actual: 'Service1Opname',
          which: 'request=callService2',
        },
        expected: 'service2',
      },
    ],
    [
      'four spans that know nothing of each other',
      inner,
      cutOff(trace(inner), ['service1'], ['service2-in-service1'], ['service2']),
      {
        rule: 'T-SPLIT',
        params: {
          count: 4,
          actual: 'RootSpanOpname, Service1Opname, Service2Opname, Service2Opname',
        },
      },
    ],
    [
      'one call cut off',
      inner,
      cutOff(trace(inner), ['service1', 'service2-in-service1']),
      { rule: 'T-SPLIT', params: { count: 2, span: 'Service1Opname' }, expected: 'service1' },
    ],
    [
      'the root never finished, so that its children hang on nothing',
      inner,
      [trace(inner, { root: null })],
      { rule: 'T-ORPHAN', params: { span: 'Service1Opname', parent: 'RootSpanOpname' } },
    ],
    [
      'a call never finished, so that its child hangs on nothing',
      inner,
      [trace(inner, { service1: null })],
      { rule: 'T-ORPHAN', params: { span: 'Service2Opname', parent: 'Service1Opname' } },
    ],
    [
      'the root finished before its calls',
      inner,
      [trace(inner, { root: { duration: 2_000 } })],
      { rule: 'T-OUTLIVES', params: { parent: 'RootSpanOpname', span: 'Service1Opname' } },
    ],
    [
      'finished in the wrong order, a moment apart',
      inner,
      [trace(inner, { root: { duration: 398_990 } })],
      { rule: 'T-OUTLIVES', params: { parent: 'RootSpanOpname', span: 'Service2Opname' } },
    ],
    [
      'a call that was not awaited',
      inner,
      [trace(inner, { service1: { duration: 60_000 } })],
      { rule: 'T-OUTLIVES', params: { parent: 'Service1Opname', span: 'Service2Opname' } },
    ],
    [
      'parent and child the wrong way round',
      inner,
      [
        trace(inner, {
          root: { under: 'service1' },
          service1: { under: null },
          service2: { under: 'root' },
        }),
      ],
      { rule: 'T-REVERSED', params: { span: 'Service1Opname', parent: 'RootSpanOpname' } },
    ],
    [
      'a tracer in each function',
      inner,
      [each(trace(inner), ({ spanId }) => ({ processTags: { 'client-uuid': spanId } }))],
      { rule: 'P-TRACER', params: { service: 'inner', count: 4 } },
    ],
    [
      'a slip of the pen in an operation',
      inner,
      [trace(inner, { root: { operationName: 'RootSpanOpName' } })],
      { rule: 'A-NAME', params: { expected: 'RootSpanOpname', actual: 'RootSpanOpName' } },
    ],
    [
      'an operation copied from the neighbour',
      inner,
      [trace(inner, { service1: { operationName: 'Service2Opname' } })],
      { rule: 'A-NAME', params: { expected: 'Service1Opname', actual: 'Service2Opname' } },
    ],
    [
      'the typo of the tag put right',
      inner,
      [trace(inner, { root: { tags: { tagKey: 'tagValue' } } })],
      { rule: 'A-TAG', variant: 'NEAR', params: { key: 'tayKey', actual: 'tagKey' } },
    ],
    [
      'a tag in lower case',
      inner,
      [trace(inner, { service1: { tags: { funcName: 'CallService1' } } })],
      { rule: 'A-TAG', variant: 'NEAR', params: { key: 'FuncName', actual: 'funcName' } },
    ],
    [
      'a tag with another value',
      inner,
      [trace(inner, { root: { tags: { tayKey: 'TagValue' } } })],
      { rule: 'A-TAG', params: { key: 'tayKey', expected: 'tagValue', actual: 'TagValue' } },
    ],
    [
      'no tag',
      inner,
      [trace(inner, { root: { tags: {} } })],
      { rule: 'A-TAG', variant: 'MISSING', params: { key: 'tayKey', expected: 'tagValue' } },
    ],
    [
      'no log',
      inner,
      [trace(inner, { root: { logs: [] } })],
      { rule: 'A-LOG', variant: 'MISSING', params: { expected: 'event=inner-call' } },
    ],
    [
      'a log with a slip of the pen',
      inner,
      [trace(inner, { root: { logs: log({ event: 'inner_call' }) } })],
      { rule: 'A-LOG', variant: 'NEAR', params: { actual: 'event=inner_call' } },
    ],
    [
      'a log with half of its fields',
      inner,
      [trace(inner, { service1: { logs: log({ event: 'service1-call' }) } })],
      { rule: 'A-LOG', params: { expected: 'event=service1-call, request=callService1' } },
    ],
    [
      'the log of one call copied into the other',
      inner,
      [
        trace(inner, {
          'service2-in-service1': {
            logs: log({ event: 'service2-call', request: 'callService2' }),
          },
        }),
      ],
      { rule: 'A-LOG', expected: 'service2-in-service1' },
    ],
    [
      'a log of what was not awaited',
      http,
      [trace(http, { call: { logs: log({ body: '[object Promise]' }) } })],
      {
        rule: 'A-LOG',
        variant: 'NEAR',
        params: { expected: 'body=Jaeger Http Service1', actual: 'body=[object Promise]' },
      },
    ],
    [
      'work traced twice, inside and outside of the function',
      inner,
      [
        trace(inner, {
          around: { under: 'root', operationName: 'Service1Opname', startTime: START + 900 },
          service1: { under: 'around' },
        }),
      ],
      { rule: 'T-EXTRA', params: { span: 'Service1Opname', expected: 1, count: 2 } },
    ],
    // Lesson 3.
    [
      'no trace over the wire',
      http,
      cutOff(trace(http, { service1: { tags: { 'span.kind': 'server' } } }), ['service1']),
      {
        rule: 'T-SPLIT',
        params: { count: 2, actual: 'jaegerHttpOpname, jaegerHttpService1Opname' },
      },
    ],
    [
      "the server under the client's parent",
      http,
      [trace(http, { service1: { under: 'front' } })],
      {
        rule: 'T-PARENT',
        params: { expected: 'CallHttpService1Opname', actual: 'jaegerHttpOpname' },
      },
    ],
    [
      'a server that follows its caller',
      http,
      [trace(http, { service1: { parentReference: 'FOLLOWS_FROM' } })],
      { rule: 'L3-SRV-REF', params: { span: 'jaegerHttpService1Opname' } },
    ],
    [
      'a client that did not wait for its answer',
      http,
      [trace(http, { call: { duration: 900 } })],
      { rule: 'T-OUTLIVES', params: { parent: 'CallHttpService1Opname' } },
    ],
    [
      'a span without its kind',
      http,
      [trace(http, { call: { tags: without(tagsOf(http, 'call'), 'span.kind') } })],
      { rule: 'A-KIND', variant: 'MISSING', params: { expected: 'client' } },
    ],
    [
      'a span of the wrong kind',
      http,
      [trace(http, { front: { tags: { ...tagsOf(http, 'front'), 'span.kind': 'client' } } })],
      { rule: 'A-KIND', params: { expected: 'server', actual: 'client' } },
    ],
    [
      'a tag that was logged',
      inner,
      [
        trace(inner, {
          root: {
            tags: {},
            logs: [{ timestamp: 1, fields: { event: 'inner-call', tayKey: 'tagValue' } }],
          },
        }),
      ],
      { rule: 'A-TAG', variant: 'LOGGED', params: { key: 'tayKey' } },
    ],
    [
      'a log that was made a tag',
      inner,
      [
        trace(inner, {
          root: { tags: { ...tagsOf(inner, 'root'), event: 'inner-call' }, logs: [] },
        }),
      ],
      { rule: 'A-LOG', variant: 'TAGGED', params: { expected: 'event=inner-call' } },
    ],
    [
      'a span on which nothing was written',
      inner,
      [trace(inner, { 'service2-in-service1': { tags: {}, logs: [] } })],
      {
        rule: 'A-TAG',
        variant: 'BARE',
        params: { key: 'FuncName', actual: 'event=service2-call, request=CallService2-2' },
      },
    ],
    [
      'a kind that another span of the service has, beside its own',
      http,
      [
        trace(http, {
          front: { earlierTags: [['span.kind', 'client']] },
          call: { tags: without(tagsOf(http, 'call'), 'span.kind') },
        }),
      ],
      { rule: 'A-KIND', variant: 'ELSEWHERE', params: { actual: 'jaegerHttpOpname' } },
    ],
    [
      'the kinds of two sides, exchanged',
      http,
      [
        trace(http, {
          front: { earlierTags: [['span.kind', 'client']] },
          call: { tags: { ...tagsOf(http, 'call'), 'span.kind': 'server' } },
        }),
      ],
      { rule: 'A-KIND', variant: 'EXCHANGED', params: { parent: 'jaegerHttpOpname' } },
    ],
    [
      'a kind under a key that is none',
      http,
      [trace(http, { call: { tags: { ...without(tagsOf(http, 'call'), 'span.kind'), kind: 1 } } })],
      { rule: 'A-KIND', variant: 'NEAR', params: { actual: 'kind' } },
    ],
    [
      'baggage that is not in the tags',
      http,
      [trace(http, { service1: { tags: without(tagsOf(http, 'service1'), 'baggage1') } })],
      { rule: 'A-TAG', variant: 'MISSING', params: { key: 'baggage1' } },
    ],
    [
      'both programs under one service',
      http,
      [trace(http, { service1: { serviceName: 'jaeger-http-client' } })],
      { rule: 'A-SERVICE', params: { expected: 'jaeger-http-service1' } },
    ],
    [
      'no client span, so that the server hangs under the front',
      http,
      [trace(http, { call: null, service1: { under: 'front' } })],
      { rule: 'T-MISSING', params: { span: 'CallHttpService1Opname' } },
    ],
    [
      'no client span and no trace over the wire',
      http,
      cutOff(trace(http, { call: null, service1: { under: null } }), ['service1']),
      { rule: 'T-MISSING', params: { span: 'CallHttpService1Opname' } },
    ],
    [
      'a client span that was never finished',
      http,
      [trace(http, { call: null })],
      { rule: 'T-ORPHAN', params: { parent: 'CallHttpService1Opname' } },
    ],
    [
      "the client's span with the operation of the server",
      http,
      [trace(http, { call: { operationName: 'jaegerHttpService1Opname' } })],
      { rule: 'A-NAME', params: { expected: 'CallHttpService1Opname' } },
    ],
    [
      'names that hold data, one for each request',
      http,
      Array.from({ length: 6 }, (_, i) =>
        trace(
          http,
          { front: { operationName: `jaegerHttpOpname ${i}` } },
          { traceId: `t${i}`, start: START + i * 2_000_000 },
        ),
      ),
      { rule: 'P-OPNAME', params: { expected: 'jaegerHttpOpname', count: 6 } },
    ],
    [
      'the same mistake in each of three requests',
      http,
      Array.from({ length: 3 }, (_, i) =>
        cutOff(trace(http, {}, { traceId: `t${i}`, start: START + i * 2_000_000 }), ['service1']),
      ).flat(),
      { rule: 'T-SPLIT', params: { count: 2 }, span: { traceId: 't20' } },
    ],
    // Lesson 4.
    [
      'no interceptor at the server, and calls enough to take one for it',
      grpc,
      ['t1', 't2'].map((traceId, i) =>
        trace(grpc, { server: null }, { traceId, start: START + i * 1000 }),
      ),
      { rule: 'T-MISSING', params: { service: 'jaeger-gRPC-server' }, expected: 'server' },
    ],
    [
      'no interceptor at the client',
      grpc,
      [trace(grpc, { client: null, server: { under: null } })],
      { rule: 'T-MISSING', expected: 'client' },
    ],
    [
      'the short name of the method',
      grpc,
      [trace(grpc, { server: { operationName: 'SayHello' } })],
      { rule: 'A-NAME', params: { actual: 'SayHello' }, expected: 'server' },
    ],
    [
      'both sides under one service',
      grpc,
      [trace(grpc, { server: { serviceName: 'jaeger-gRPC-client' } })],
      { rule: 'A-SERVICE', params: { expected: 'jaeger-gRPC-server' } },
    ],
    [
      'no component',
      grpc,
      [trace(grpc, { client: { tags: { 'span.kind': 'client' } } })],
      { rule: 'A-TAG', variant: 'MISSING', params: { key: 'component' } },
    ],
    [
      'a server that starts a new trace',
      grpc,
      cutOff(trace(grpc, { server: { tags: { 'span.kind': 'server', component: 'gRPC' } } }), [
        'server',
      ]),
      { rule: 'T-SPLIT', params: { count: 2 } },
    ],
  ])('%s', (_mistake, expected, traces, finding) => {
    const findings = judgeShape(expected, traces);
    expect(findings).toMatchObject([finding]);
    // Spans come in no order that means anything.
    const turned = traces
      .toReversed()
      .map(({ traceId, spans }) => ({ traceId, spans: spans.toReversed() }));
    expect(judgeShape(expected, turned)).toEqual(findings);
  });
});

test('the rule of a server that follows its caller is the one of its lesson', () => {
  const traces = [trace(grpc, { server: { parentReference: 'FOLLOWS_FROM' } })];
  const options = { serverReferenceRule: 'L4-SRV-REF' } as const;
  expect(judgeShape(grpc, traces, options)).toMatchObject([{ rule: 'L4-SRV-REF' }]);
});

describe('where each call is known to take place once and to be waited for', () => {
  const twin = (tags: object) =>
    trace(inner, {
      again: {
        under: 'service1',
        operationName: 'Service2Opname',
        tags: {
          ...tagsOf(inner, 'service2-in-service1'),
          'internal.span.format': 'proto',
          ...tags,
        },
        logs: log({ event: 'service2-call', request: 'CallService2-2' }),
      },
    });
  const followed = trace(inner, { service2: { parentReference: 'FOLLOWS_FROM' } });

  test.each<[string, ObservedTrace, object[]]>([
    [
      'a call made again is one too many',
      twin({}),
      [{ rule: 'T-EXTRA', variant: 'AGAIN', params: { parent: 'Service1Opname', count: 2 } }],
    ],
    ['another call of the same function is welcome', twin({ attempt: 2 }), []],
    ['a function that only follows is told', followed, [{ rule: 'L2-REF', expected: 'service2' }]],
  ])('%s', (_what, seen, findings) => {
    expect(judgeShape(inner, [seen], { calledOnce: true, callerWaits: true })).toMatchObject(
      findings,
    );
    expect(judgeShape(inner, [seen])).toEqual([]);
  });
});

test('of several spans of one name the one that is missing is told by its parent', () => {
  const seen = trace(inner, { 'service2-in-service1': null });
  const params = { parent: 'Service1Opname', expected: 2, count: 1 };
  expect(judgeShape(inner, [seen])).toMatchObject([
    { rule: 'T-MISSING', variant: 'UNDER', params },
  ]);
});

test('of two mistakes the graver one comes first', () => {
  const both = cutOff(trace(inner, { root: { tags: {} } }), ['service2']);
  expect(judgeShape(inner, both).map(({ rule }) => rule)).toEqual(['T-SPLIT', 'A-TAG']);
});

test('without any trace every span is missing', () => {
  expect(judgeShape(http, []).map(({ rule }) => rule)).toEqual(Array(3).fill('T-MISSING'));
});

test.each([
  ['parents in a circle', { root: { under: 'service1' }, service1: { under: 'root' } }],
  ['a span under itself', { service1: { under: 'service1' } }],
])('%s end in a finding, not in a loop', (_what, changes) => {
  expect(judgeShape(inner, [trace(inner, changes)])).not.toEqual([]);
});

test('thousands of spans of a program in a loop are judged in a moment', () => {
  const many = Array.from({ length: 800 }, (_, i) =>
    trace(inner, { service1: { tags: {} } }, { traceId: `t${i}`, start: START + i * 500_000 }),
  );
  expect(judgeShape(inner, many)).toMatchObject([
    { rule: 'A-TAG', span: { traceId: 't799', spanId: 'service1' } },
  ]);
});

test.each<[string, ObservedTrace[], string[]]>([
  ['3.1', cutOff(trace(http), ['call'], ['service1']), ['T-SPLIT']],
  ['3.2', cutOff(trace(http), ['service1']), []],
  ['3.3', cutOff(trace(http), ['service1']), ['T-SPLIT']],
  ['3.1', [trace(http, { call: null })], ['T-ORPHAN']],
  ['3.3', [trace(http, { service1: { tags: { 'span.kind': 'server' } } })], []],
  ['3.4', [trace(http, { service1: { tags: { 'span.kind': 'server' } } })], ['A-TAG', 'A-TAG']],
  ['3.4', [trace(http, { front: { tags: { httpKey: 'httpValue' } } })], []],
  ['3.5', [trace(http, { front: { tags: { httpKey: 'httpValue' } } })], ['A-KIND']],
])('up to step %s only what it asks for is missed (%#)', (step, traces, rules) => {
  expect(judgeShape(http, traces, { step }).map(({ rule }) => rule)).toEqual(rules);
});

describe('an error that was none', () => {
  const red = trace(grpc, { server: { tags: { ...grpc.spans[1]?.tags, error: true } } });
  const own = trace(grpc, { cache: { under: 'client', tags: { error: true } } });

  test('is told where it is known that nothing failed', () => {
    expect(judgeShape(grpc, [red], { wentWell: true })).toMatchObject([
      { rule: 'X-FALSE', params: { service: 'jaeger-gRPC-server' }, expected: 'server' },
    ]);
  });

  test('is not told where something may have failed, nor of a span of the learner\u2019s own', () => {
    expect(judgeShape(grpc, [red])).toEqual([]);
    expect(judgeShape(grpc, [own], { wentWell: true })).toEqual([]);
  });
});

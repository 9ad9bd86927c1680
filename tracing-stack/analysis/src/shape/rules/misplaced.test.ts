import { expect, test } from 'vitest';
import type { ObservedSpan } from '../../jaeger-json/observed-trace.ts';
import { expectedOf, type SpanChange, START, trace } from '../example-traces.ts';
import { judgeShape } from '../judge-shape.ts';

const inner = expectedOf('02-inner');
const right = trace(inner);
const spanOf = (id: string) => right.spans.find(({ spanId }) => spanId === id) as ObservedSpan;
const [root, service1, first, second] = [
  'root',
  'service1',
  'service2-in-service1',
  'service2',
].map(spanOf) as [ObservedSpan, ObservedSpan, ObservedSpan, ObservedSpan];
const logOf = (request: string) => ({
  logs: [{ timestamp: START, fields: { event: 'service2-call', request } }],
});

test.each<[string, Record<string, SpanChange>, object]>([
  [
    'a tag on the span around it',
    { service1: { tags: {} }, root: { tags: { ...root.tags, FuncName: 'CallService1' } } },
    { rule: 'A-TAG', variant: 'ELSEWHERE', params: { actual: 'RootSpanOpname' } },
  ],
  [
    'a log on the span around it',
    { service1: { logs: [] }, root: { logs: [...root.logs, ...service1.logs] } },
    { rule: 'A-LOG', variant: 'ELSEWHERE', params: { actual: 'RootSpanOpname' } },
  ],
  [
    'a tag that the other span should have as well',
    { service2: { tags: {} } },
    { rule: 'A-TAG', variant: 'MISSING' },
  ],
  [
    'a tag in another service',
    {
      service1: { tags: {} },
      elsewhere: { serviceName: 'other', tags: { FuncName: 'CallService1' } },
    },
    { rule: 'A-TAG', variant: 'MISSING' },
  ],
  [
    'what two calls logged, exchanged',
    { 'service2-in-service1': logOf('callService2'), service2: logOf('CallService2-2') },
    { rule: 'A-LOG', variant: 'EXCHANGED', params: { parent: 'Service1Opname' } },
  ],
  [
    'the same in both calls',
    { service2: { logs: first.logs } },
    { rule: 'A-LOG', variant: 'NEAR', params: { span: second.operationName } },
  ],
])('%s', (_what, changes, finding) => {
  const [told] = judgeShape(inner, [trace(inner, changes)]);
  expect(told).toMatchObject(finding);
});

import { expect, test } from 'vitest';
import { sanitizeServiceName } from './service-name.ts';
import { parentSpanId, type Reference, type Span } from './span.ts';

const span: Span = {
  traceId: '00000000000000aa',
  spanId: '0000000000000001',
  operationName: 'op',
  references: [],
  flags: 1,
  startTime: 0,
  duration: 0,
  tags: [],
  logs: [],
  process: { serviceName: 's', tags: [] },
  warnings: [],
};
const follows: Reference = { refType: 'FOLLOWS_FROM', traceId: span.traceId, spanId: '2' };
const child: Reference = { refType: 'CHILD_OF', traceId: span.traceId, spanId: '3' };
const elsewhere: Reference = { refType: 'CHILD_OF', traceId: '00000000000000bb', spanId: '4' };

test.each<[string, Reference[], string | undefined]>([
  ['nothing', [], undefined],
  ['a CHILD_OF, wherever it stands', [follows, child], '3'],
  ['a FOLLOWS_FROM, where there is no CHILD_OF', [follows], '2'],
  ['nothing, when it refers to another trace only', [elsewhere], undefined],
  ['the reference to its own trace', [elsewhere, follows], '2'],
])('the parent of a span is %s', (_, references, parent) => {
  expect(parentSpanId({ ...span, references })).toBe(parent);
});

test('a service without a name is filed under the name that Jaeger gives it', () => {
  expect(sanitizeServiceName('')).toBe('empty-service-name');
  expect(sanitizeServiceName(undefined)).toBe('null-process-and-service-name');
  expect(sanitizeServiceName(sanitizeServiceName(undefined))).toBe('null-process-and-service-name');
});

import { expect, test } from 'vitest';
import { exampleSpan } from '../testing/example-run.ts';
import { inventCaller } from './caller.ts';
import { answers, mostAlike } from './repeated.ts';

const named = (id: string, kind?: string, parentId?: string) =>
  exampleSpan(id, {
    operationName: 'call',
    parentId,
    tags: kind === undefined ? {} : { 'span.kind': kind },
  });

test.each([
  ['two clients', [named('a', 'client'), named('b', 'client')], 2],
  ['a client in a wrapper of another kind', [named('a', 'internal'), named('b', 'client')], 1],
  ['two that say nothing of their kind', [named('a'), named('b')], 2],
  ['none of that name', [exampleSpan('validate'), exampleSpan('parse')], 0],
])('of one name and one kind: %s', (_what, spans, count) => {
  expect(mostAlike(spans, 'call')).toBe(count);
});

test('only what hangs right below the caller answers it', () => {
  const caller = inventCaller([]);
  const spans = [
    named('a', 'server', caller.spanId),
    named('b', 'server', caller.spanId),
    named('c', 'server', 'a'),
  ];
  expect(answers(caller, [{ traceId: caller.traceId, spans }], 'call')).toBe(2);
  expect(answers(caller, [{ traceId: 'f00', spans }], 'call')).toBe(0);
});

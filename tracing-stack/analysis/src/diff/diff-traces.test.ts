import { expect, test } from 'vitest';
import { exampleSpan } from '../tree/example-span.ts';
import type { TraceSpan } from '../tree/trace-span.ts';
import { diffTraces } from './diff-traces.ts';

const span = (id: string, at: number, lasts: number, operationName: string, parent?: string) =>
  exampleSpan(id, at, lasts, parent, { operationName });

/** Each row as: mark, indented name, change of duration and of self time. */
function drawn(a: readonly TraceSpan[], b: readonly TraceSpan[]): string[] {
  const mark = { same: ' ', slower: '▲', faster: '▼', added: '+', removed: '-' };
  return diffTraces(a, b).map((row) => {
    const { operationName } = (a[row.a] ?? b[row.b]) as TraceSpan;
    const change = Number.isNaN(row.durationChange)
      ? ''
      : ` ${row.durationChange}/${row.selfTimeChange}`;
    return `${mark[row.kind]} ${'.'.repeat(row.depth)}${operationName}${change}`;
  });
}

const A = [
  span('1', 1000, 100, 'root'),
  span('2', 1010, 20, 'read', '1'),
  span('3', 1040, 20, 'read', '1'),
  span('4', 1070, 20, 'write', '1'),
];

test('a trace and itself are the same, whatever the ids and the time of day', () => {
  const later = A.map((each) => ({
    ...each,
    spanId: `x${each.spanId}`,
    parentId: each.parentId && `x${each.parentId}`,
    startTime: each.startTime + 5e9,
  }));
  expect(drawn(A, later)).toEqual(['  root 0/0', '  .read 0/0', '  .read 0/0', '  .write 0/0']);
});

test('what became slower or faster, came and went', () => {
  const b = [
    span('1', 0, 200, 'root'),
    span('2', 10, 5, 'read', '1'),
    span('4', 30, 150, 'write', '1'),
    span('5', 40, 100, 'retry', '4'),
  ];
  expect(drawn(A, b)).toEqual([
    '▲ root 100/5',
    '▼ .read -15/-15',
    '- .read',
    '▲ .write 130/30',
    '+ ..retry',
  ]);
});

test('all that is beneath an added or removed span is added or removed too', () => {
  const b = [
    span('1', 0, 100, 'root'),
    span('2', 10, 50, 'cache', '1'),
    span('3', 20, 20, 'read', '2'),
  ];
  expect(drawn([span('1', 0, 100, 'root'), span('3', 20, 20, 'read', '1')], b)).toEqual([
    '  root 0/-30',
    '+ .cache',
    '+ ..read',
    '- .read',
  ]);
});

test.each([
  ['a tenth of the span, and enough of the trace', 100, 89, '▼ .x -11/-11'],
  ['less than a tenth of the span', 100, 91, '  .x -9/-9'],
  ['less than a hundredth of the trace', 20, 12, '  .x -8/-8'],
])('%s', (_, before, after, row) => {
  const root = span('1', 0, 1000, 'root');
  const rows = drawn([root, span('2', 0, before, 'x', '1')], [root, span('2', 0, after, 'x', '1')]);
  expect(rows[1]).toBe(row);
});

test('the same operation of another service is another span', () => {
  const of = (serviceName: string) => [exampleSpan('1', 0, 10, undefined, { serviceName })];
  expect(diffTraces(of('a'), of('b')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
});

test('traces deeper than the call stack, and traces without spans', () => {
  const deep = Array.from({ length: 20_000 }, (_, i) =>
    span(`${i + 1}`, i, 20_000 - i, 'op', i === 0 ? undefined : `${i}`),
  );
  expect(diffTraces(deep, deep)).toHaveLength(20_000);
  expect(diffTraces([], [])).toEqual([]);
  expect(drawn([], [span('1', 0, 1, 'root')])).toEqual(['+ root']);
});

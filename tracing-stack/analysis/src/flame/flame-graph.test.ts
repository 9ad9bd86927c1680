import { expect, test } from 'vitest';
import { selfTimes, spanRows } from '../time/self-times.ts';
import { exampleSpan } from '../tree/example-span.ts';
import type { TraceSpan } from '../tree/trace-span.ts';
import { waterfall } from '../tree/waterfall.ts';
import { flameGraph } from './flame-graph.ts';

const span = (
  id: string,
  start: number,
  duration: number,
  operationName: string,
  parent?: string,
) => exampleSpan(id, start, duration, parent, { operationName });

function graphOf(spans: readonly TraceSpan[]) {
  const { rows } = waterfall(spans);
  return flameGraph(spans, rows, selfTimes(spanRows(spans, rows)));
}

const drawn = (spans: readonly TraceSpan[]) =>
  graphOf(spans).nodes.map(({ operationName, level, x, value, self, rows }) => [
    operationName,
    level,
    x,
    value,
    self,
    [...rows],
  ]);

test('spans with the same way down are one node, as wide as they come to; the widest stands left', () => {
  const spans = [
    span('1', 0, 100, 'root'),
    span('2', 0, 10, 'read', '1'),
    span('3', 10, 10, 'read', '1'),
    span('4', 20, 60, 'write', '1'),
    span('5', 30, 20, 'read', '4'),
  ];
  expect(drawn(spans)).toEqual([
    ['root', 0, 0, 100, 20, [0]],
    ['read', 1, 60, 20, 20, [1, 2]],
    ['write', 1, 0, 60, 40, [3]],
    ['read', 2, 0, 20, 20, [4]],
  ]);
  expect(graphOf(spans)).toMatchObject({ total: 100, depth: 3 });
});

test('children that run side by side, or on after their parent, still fit below it', () => {
  const spans = [
    span('1', 0, 10, 'root'),
    span('2', 0, 10, 'a', '1'),
    span('3', 0, 10, 'b', '1'),
    span('4', 5, 20, 'c', '1'),
  ];
  expect(drawn(spans)).toEqual([
    ['root', 0, 0, 40, 0, [0]],
    ['a', 1, 20, 10, 10, [1]],
    ['b', 1, 30, 10, 10, [2]],
    ['c', 1, 0, 20, 20, [3]],
  ]);
});

test('the same operation of another service is another node; errors are counted', () => {
  const spans = [
    exampleSpan('1', 0, 10, undefined, { operationName: 'get', hasError: true }),
    exampleSpan('2', 0, 10, undefined, { operationName: 'get', serviceName: 'db' }),
    exampleSpan('3', 0, 10, undefined, { operationName: 'get', hasError: true }),
  ];
  const { nodes, total } = graphOf(spans);
  expect(nodes.map(({ serviceName, errorCount, x }) => [serviceName, errorCount, x])).toEqual([
    ['app', 2, 0],
    ['db', 0, 20],
  ]);
  expect(total).toBe(30);
});

test('where no span takes any time, each counts one', () => {
  expect(drawn([span('1', 0, 0, 'root'), span('2', 0, 0, 'a', '1')])).toEqual([
    ['root', 0, 0, 2, 1, [0]],
    ['a', 1, 0, 1, 1, [1]],
  ]);
});

test('a trace deeper than the call stack', () => {
  const deep = Array.from({ length: 20_000 }, (_, i) =>
    span(`${i + 1}`, i, 20_000 - i, `op-${i}`, i === 0 ? undefined : `${i}`),
  );
  expect(graphOf(deep)).toMatchObject({ total: 20_000, depth: 20_000 });
});

test('no spans, no nodes', () => {
  expect(graphOf([])).toEqual({ nodes: [], total: 0, depth: 0 });
});

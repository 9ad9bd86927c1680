import { describe, expect, test } from 'vitest';
import { selfTimes, spanRows } from '../time/self-times.ts';
import { exampleSpan } from '../tree/example-span.ts';
import type { TraceSpan } from '../tree/trace-span.ts';
import { waterfall } from '../tree/waterfall.ts';
import { traceGraph } from './trace-graph.ts';

const named = (id: string, start: number, duration: number, parent: string, operation: string) =>
  exampleSpan(id, start, duration, parent, { operationName: operation });

const graphOf = (spans: readonly TraceSpan[]) => {
  const { rows } = waterfall(spans);
  return traceGraph(spans, rows, selfTimes(spanRows(spans, rows)), ({ operationName }) => [
    operationName,
  ]);
};

describe('a trace as a graph', () => {
  const { nodes, edges } = graphOf([
    exampleSpan('root', 0, 100),
    named('a', 0, 30, 'root', 'read'),
    named('b', 40, 50, 'root', 'read'),
    { ...named('c', 41, 10, 'b', 'disk'), hasError: true },
    named('d', 60, 10, 'b', 'read'),
  ]);

  test('has a node a group, with what its spans come to', () => {
    expect(nodes).toEqual([
      expect.objectContaining({ names: ['root'], count: 1, total: 100, selfTime: 20, longest: 0 }),
      expect.objectContaining({
        names: ['read'],
        count: 3,
        total: 90,
        selfTime: 70,
        ownCalls: 1,
        errorCount: 0,
        longest: 2,
      }),
      expect.objectContaining({ names: ['disk'], count: 1, errorCount: 1 }),
    ]);
  });

  test('has an edge from group to group, with how often, and none to itself', () => {
    expect(edges.map(({ parent, child, count }) => [parent, child, count])).toEqual([
      ['["root"]', '["read"]', 2],
      ['["read"]', '["disk"]', 1],
    ]);
  });
});

test('an orphan stands below nothing; no spans make no graph', () => {
  expect(graphOf([exampleSpan('a', 0, 1, 'gone')]).edges).toEqual([]);
  expect(graphOf([])).toEqual({ nodes: [], edges: [] });
});

import { flameGraph, selfTimes, spanRows, traceSpans, waterfall } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { exampleTrace } from '../example-trace.ts';
import { drawnNodes, flameMove, placeOf } from './flame-drawing.ts';

const spans = traceSpans(
  exampleTrace([
    { spanID: '1', duration: 100 },
    { spanID: '2', duration: 60, parent: '1' },
    { spanID: '3', startTime: 60, duration: 20, parent: '1' },
    { spanID: '4', duration: 30, parent: '2' },
  ]),
);
const { rows } = waterfall(spans);
/** Positions: 0 is span 1, 1 is span 2, 2 is its child 4, 3 is span 3. */
const graph = flameGraph(spans, rows, selfTimes(spanRows(spans, rows)));
const all = { first: 0, end: 10 };

test('the whole graph takes the width, each node its part', () => {
  expect(drawnNodes(graph, -1, all, 0)).toEqual([0, 1, 2, 3]);
  expect(placeOf(graph, -1, 0)).toEqual({ left: 0, width: 1, isAbove: false });
  expect(placeOf(graph, -1, 3)).toEqual({ left: 0.6, width: 0.2, isAbove: false });
});

test('zoomed to a node, it takes the width, and so does what stands above it; what is beside it goes', () => {
  expect(drawnNodes(graph, 1, all, 0)).toEqual([0, 1, 2]);
  expect(placeOf(graph, 1, 0)).toEqual({ left: 0, width: 1, isAbove: true });
  expect(placeOf(graph, 1, 1)).toEqual({ left: 0, width: 1, isAbove: false });
  expect(placeOf(graph, 1, 2)).toEqual({ left: 0, width: 0.5, isAbove: false });
});

test('only what is on the levels that are seen is drawn, and what is not too narrow', () => {
  expect(drawnNodes(graph, -1, { first: 1, end: 2 }, 0)).toEqual([1, 3]);
  expect(drawnNodes(graph, -1, all, 0.25)).toEqual([0, 1, 2]);
});

test.each([
  [0, 'ArrowDown', 1],
  [0, 'ArrowUp', undefined],
  [2, 'ArrowUp', 1],
  [1, 'ArrowRight', 3],
  [3, 'ArrowLeft', 1],
  [1, 'ArrowLeft', undefined],
  [2, 'ArrowDown', undefined],
  [2, 'Home', 0],
  [0, 'x', undefined],
])('from %i the key %s leads to %s', (at, key, to) => {
  expect(flameMove(graph, at, key)).toBe(to);
});

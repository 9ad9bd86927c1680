import { expect, test } from 'vitest';
import { spanRows } from '../time/self-times.ts';
import { exampleSpan as span } from '../tree/example-span.ts';
import type { TraceSpan } from '../tree/trace-span.ts';
import { waterfall } from '../tree/waterfall.ts';
import { criticalPath } from './critical-path.ts';

/** By span id, the segments as `from-to`. */
function pathOf(spans: readonly TraceSpan[], isAwaited?: (id: string) => boolean) {
  const { rows } = waterfall(spans);
  const idOf = (row: number) => spans[rows[row]?.index ?? -1]?.spanId ?? '';
  const path = criticalPath(spanRows(spans, rows), 0, isAwaited && ((row) => isAwaited(idOf(row))));
  return Object.fromEntries(
    [...path].map(([row, segments]) => [
      idOf(row),
      segments.map(({ from, to }) => `${from}-${to}`).join(' '),
    ]),
  );
}

test.each([
  ['a span alone', [span('1', 0, 100)], { 1: '0-100' }],
  ['one child', [span('1', 0, 100), span('2', 20, 30, '1')], { 1: '0-20 50-100', 2: '20-50' }],
  [
    'one after the other',
    [span('1', 0, 100), span('2', 10, 20, '1'), span('3', 40, 50, '1')],
    { 1: '0-10 30-40 90-100', 2: '10-30', 3: '40-90' },
  ],
  [
    'side by side: only the one that ended last',
    [span('1', 0, 100), span('2', 10, 60, '1'), span('3', 10, 80, '1')],
    { 1: '0-10 90-100', 3: '10-90' },
  ],
  [
    'side by side, and one before both',
    [span('1', 0, 100), span('2', 0, 10, '1'), span('3', 20, 40, '1'), span('4', 15, 70, '1')],
    { 1: '10-15 85-100', 2: '0-10', 4: '15-85' },
  ],
  [
    'grandchildren',
    [span('1', 0, 100), span('2', 10, 80, '1'), span('3', 30, 40, '2')],
    { 1: '0-10 90-100', 2: '10-30 70-90', 3: '30-70' },
  ],
  [
    'a child that runs on after its parent counts up to its end',
    [span('1', 0, 100), span('2', 50, 500, '1')],
    { 1: '0-50', 2: '50-100' },
  ],
  ['a child after its parent', [span('1', 0, 100), span('2', 200, 10, '1')], { 1: '0-100' }],
  [
    'a child that begins before its parent',
    [span('9', 0, 200), span('1', 50, 100, '9'), span('2', 20, 60, '1')],
    { 9: '0-50 150-200', 1: '80-150', 2: '50-80' },
  ],
  ['a span of no time', [span('1', 0, 100), span('2', 50, 0, '1')], { 1: '0-100' }],
])('%s', (_, spans, path) => {
  expect(pathOf(spans)).toEqual(path);
});

test('who is not waited for is not on the path', () => {
  const spans = [span('1', 0, 100), span('2', 20, 80, '1'), span('3', 10, 20, '1')];
  expect(pathOf(spans, (id) => id !== '2')).toEqual({ 1: '0-10 30-100', 3: '10-30' });
});

test('the path of a trace deeper than the call stack is as long as its root', () => {
  const deep = Array.from({ length: 20_000 }, (_, i) =>
    span(`${i + 1}`, i, 40_000 - 2 * i, i === 0 ? undefined : `${i}`),
  );
  const { rows } = waterfall(deep);
  const path = criticalPath(spanRows(deep, rows), 0);
  const lengths = [...path.values()].flat().map(({ from, to }) => to - from);
  expect(lengths.reduce((a, b) => a + b, 0)).toBe(40_000);
});

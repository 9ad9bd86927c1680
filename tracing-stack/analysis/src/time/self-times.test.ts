import { expect, test } from 'vitest';
import { exampleSpan as span } from '../tree/example-span.ts';
import { waterfall } from '../tree/waterfall.ts';
import { selfTimes, spanRows } from './self-times.ts';

test.each([
  ['a span without children', [span('1', 0, 100)], [100]],
  ['a child in the middle', [span('1', 0, 100), span('2', 20, 30, '1')], [70, 30]],
  [
    'children one after the other',
    [span('1', 0, 100), span('2', 0, 30, '1'), span('3', 50, 50, '1')],
    [20, 30, 50],
  ],
  [
    'children that overlap, one within the other too',
    [span('1', 0, 100), span('2', 10, 40, '1'), span('3', 20, 10, '1'), span('4', 40, 30, '1')],
    [40, 40, 10, 30],
  ],
  [
    'children that begin before their parent and end after it',
    [span('1', 50, 50), span('2', 40, 20, '1'), span('3', 90, 100, '1')],
    [30, 20, 100],
  ],
  ['a child after its parent', [span('1', 0, 100), span('2', 200, 10, '1')], [100, 10]],
  [
    'grandchildren',
    [span('1', 0, 100), span('2', 0, 100, '1'), span('3', 0, 60, '2')],
    [0, 40, 60],
  ],
  ['a negative duration', [span('1', 0, 100), span('2', 50, -20, '1')], [100, 0]],
])('%s', (_, spans, self) => {
  expect([...selfTimes(spanRows(spans, waterfall(spans).rows))]).toEqual(self);
});

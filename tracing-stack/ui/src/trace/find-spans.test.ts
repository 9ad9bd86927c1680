import { expect, test } from 'vitest';
import { exampleTrace } from './example-trace.ts';
import { findSpans, nextMatch } from './find-spans.ts';
import { logDots } from './log-dots.ts';
import { traceModel } from './trace-model.ts';

const model = traceModel(
  exampleTrace([
    { spanID: 'aa01', startTime: 1, operationName: 'HTTP GET /dispatch' },
    {
      spanID: 'bb02',
      startTime: 2,
      processID: 'p2',
      tags: [{ key: 'http.status_code', type: 'int64', value: 500 }],
    },
    {
      spanID: 'cc03',
      startTime: 3,
      logs: [{ timestamp: 3, fields: [{ key: 'event', value: 'Cache miss' }] }],
    },
    { spanID: 'dd04', startTime: 4, tags: null, logs: null },
  ]),
);

test.each([
  ['', []],
  ['  ', []],
  ['dispatch', [0]],
  ['DISPATCH http', [0]],
  ['back', [1]],
  ['front', [0, 2, 3]],
  ['bb02', [1]],
  ['cc03 aa01', [0, 2]],
  ['cc03 back', []],
  ['500', [1]],
  ['http', [0, 1]],
  ['http.status_code=500', [1]],
  ['http.status_code=50', [1]],
  ['status_code=500', []],
  ['cache', [2]],
  ['event=cache', [2]],
  ['front cache', [2]],
  ['nowhere', []],
])('"%s" is found in rows %o', (text, rows) => {
  expect(findSpans(model, text)).toEqual(rows);
});

test('logs become dots where they happened, those outside of the axis do not', () => {
  const logs = [10, 60, 110, 9, 111].map((timestamp) => ({ timestamp }));
  expect(logDots(logs, 10, 100)).toEqual([0, 0.5, 1]);
});

test('many logs at one place are one dot, and a trace that takes no time has none', () => {
  const logs = Array.from({ length: 10_000 }, (_, i) => ({ timestamp: String(i) }));
  expect(logDots(logs, 0, 10_000).length).toBeLessThanOrEqual(201);
  expect(logDots(logs, 0, 0)).toEqual([]);
});

test.each([
  [[2, 5], 0, 1, 2],
  [[2, 5], 2, 1, 5],
  [[2, 5], 5, 1, 2],
  [[2, 5], 5, -1, 2],
  [[2, 5], 0, -1, 5],
  [[], 0, 1, undefined],
] as const)('of the matches %o, from row %d by %d comes %s', (matches, row, step, next) => {
  expect(nextMatch(matches, row, step)).toBe(next);
});

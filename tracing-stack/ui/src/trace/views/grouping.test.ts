import { expect, test } from 'vitest';
import { exampleTrace } from '../example-trace.ts';
import { traceModel } from '../trace-model.ts';
import { type Grouping, groupedSpans, tagKeys } from './grouping.ts';

const trace = exampleTrace([
  { spanID: '1', duration: 100, tags: [{ key: 'http.status_code', type: 'int64', value: 200 }] },
  {
    spanID: '2',
    parent: '1',
    duration: 40,
    operationName: 'op-1',
    processID: 'p2',
    tags: [
      { key: 'http.status_code', type: 'int64', value: 500 },
      { key: 'error', type: 'bool', value: true },
    ],
  },
  { spanID: '3', parent: '1', duration: 10, operationName: 'op-1' },
]);
const model = traceModel({
  ...trace,
  processes: {
    p1: { serviceName: 'front', tags: [{ key: 'zone', type: 'string', value: 'a' }] },
    p2: { serviceName: 'back', tags: [] },
  },
});

test.each<[Grouping, [names: string[], count: number, errors: number, self: number][]]>([
  [
    'service',
    [
      [['front'], 2, 0, 70],
      [['back'], 1, 1, 40],
    ],
  ],
  [
    'operation',
    [
      [['front', 'op-1'], 2, 0, 70],
      [['back', 'op-1'], 1, 1, 40],
    ],
  ],
  [
    'tag:http.status_code',
    [
      [['200'], 1, 0, 60],
      [['500'], 1, 1, 40],
      [[], 1, 0, 10],
    ],
  ],
  [
    'process:zone',
    [
      [['a'], 2, 0, 70],
      [[], 1, 1, 40],
    ],
  ],
  ['tag:zone', [[[], 3, 1, 110]]],
])('by %s', (grouping, groups) => {
  expect(
    groupedSpans(model, grouping).map(({ names, count, errorCount, selfTime }) => [
      names,
      count,
      errorCount,
      selfTime,
    ]),
  ).toEqual(groups);
});

test('every key that a span or a process has can be grouped by', () => {
  expect(tagKeys(model)).toEqual({ tags: ['error', 'http.status_code'], process: ['zone'] });
});

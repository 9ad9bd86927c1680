import { expect, test } from 'vitest';
import { exampleTrace } from '../example-trace.ts';
import { traceModel } from '../trace-model.ts';
import { allLogs, findLogs } from './all-logs.ts';

const log = (timestamp: number, key: string, value: string) => ({
  timestamp,
  fields: [{ key, type: 'string', value }],
});
const model = traceModel(
  exampleTrace([
    { spanID: '1', startTime: 100, logs: [log(130, 'event', 'done'), log(110, 'event', 'begun')] },
    {
      spanID: '2',
      startTime: 105,
      parent: '1',
      processID: 'p2',
      logs: [log(120, 'sql', 'SELECT')],
    },
    { spanID: '3', startTime: 106, parent: '1', logs: null },
    { spanID: '4', startTime: 107, parent: '1', logs: [{ timestamp: 90, fields: null }] },
  ]),
);
const logs = allLogs(model);

test('the logs of all spans stand in order of time', () => {
  expect(logs.map(({ row, time }) => [row, time])).toEqual([
    [3, -10],
    [0, 10],
    [1, 20],
    [0, 30],
  ]);
});

test.each([
  ['', [0, 1, 2, 3]],
  ['event=done', [3]],
  ['EVENT', [1, 3]],
  ['op-2', [2]],
  ['back select', [2]],
  ['front select', []],
])('"%s" finds %j', (text, found) => {
  expect(findLogs(model, logs, text)).toEqual(found);
});

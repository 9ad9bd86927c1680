import { expect, test } from 'vitest';
import { criticalRows } from './critical-rows.ts';
import { exampleTrace } from './example-trace.ts';
import { traceModel } from './trace-model.ts';

test('the root waits for its children, but not for one that only follows from it', () => {
  const model = traceModel(
    exampleTrace([
      { spanID: '1', startTime: 1_000, duration: 100 },
      { spanID: '2', startTime: 1_010, duration: 40, parent: '1' },
      {
        spanID: '3',
        startTime: 1_060,
        duration: 500,
        references: [{ refType: 'FOLLOWS_FROM', traceID: 'a1', spanID: '1' }],
      },
    ]),
  );
  expect(Object.fromEntries(criticalRows(model))).toEqual({
    0: [
      { from: 0, to: 10 },
      { from: 50, to: 100 },
    ],
    1: [{ from: 10, to: 50 }],
  });
});

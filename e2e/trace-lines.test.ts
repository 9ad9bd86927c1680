import { expect, test } from 'vitest';
import { differences, traceLines } from './interop/trace-lines.ts';

/** An answer about a trace with such spans, by their ids and operations. */
function answerOf(...spans: readonly (readonly [id: string, operationName: string])[]): string {
  const traceID = '00000000000000a1';
  const span = ([spanID, operationName]: (typeof spans)[number]) => ({
    ...{ traceID, spanID, operationName, references: [], startTime: 5, duration: 1 },
    ...{ tags: [], logs: [], processID: 'p1', warnings: null },
  });
  const processes = { p1: { serviceName: 'shop', tags: [] } };
  return JSON.stringify({ data: [{ traceID, spans: spans.map(span), processes, warnings: null }] });
}

test('a span that was stored twice is a difference', () => {
  const once = traceLines(answerOf(['1', 'pay'], ['2', 'charge']), 0);
  const twice = traceLines(answerOf(['1', 'pay'], ['2', 'charge'], ['1', 'pay']), 0);
  expect(differences(once, twice)).toEqual(['spans: expected charge, pay got charge, pay, pay']);
  expect(differences(once, once)).toEqual([]);
});

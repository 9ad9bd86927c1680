import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvelopeJson, TraceJson } from '@spoor/analysis';
import { corpusDirectory } from '@spoor/fixtures';
import { describe, expect, test } from 'vitest';
import { exampleTrace, treeOfSix } from './example-trace.ts';
import { hasError, isNegative, isOrphan, type TraceModel, traceModel } from './trace-model.ts';

/** What Jaeger answered for the one trace of a recorded case. */
function recorded(name: string): TraceJson {
  const text = readFileSync(join(corpusDirectory, name, 'expected.json'), 'utf8');
  const { traces } = JSON.parse(text) as { traces: Record<string, EnvelopeJson<TraceJson[]>> };
  return Object.values(traces)[0]?.data?.[0] as TraceJson;
}

const names = (model: TraceModel) =>
  Array.from({ length: model.rowCount }, (_, row) => model.span(row).operationName);

describe("lesson 3's trace, as Jaeger answers it", () => {
  const model = traceModel(recorded('go-seed-http-udp'));

  test('is three rows, one below the other', () => {
    expect(names(model)).toEqual([
      'jaegerHttpOpname',
      'CallHttpService1Opname',
      'jaegerHttpService1Opname',
    ]);
    expect([...model.depth]).toEqual([0, 1, 2]);
    expect([...model.parentRow]).toEqual([-1, 0, 1]);
    expect([...model.descendantCount]).toEqual([2, 1, 0]);
  });

  test('has its times relative to its start', () => {
    expect(model.startTime).toBe(1795370337330143);
    expect([...model.start]).toEqual([0, 26, 6603]);
    expect([...model.length]).toEqual([3008923, 2007807, 2000572]);
    expect(model.duration).toBe(3008923);
  });

  test('gives each service its colour', () => {
    expect(model.color[0]).toBe(model.color[1]);
    expect(model.color[0]).not.toBe(model.color[2]);
    expect(model.color[2]).toBe(model.colorOfService('jaeger-http-server'));
  });

  test('finds a span by its id', () => {
    expect(model.rowOfSpan('4c9da616d3b4428d')).toBe(1);
    expect(model.rowOfSpan('ffff')).toBeUndefined();
  });
});

test('a trace with everything odd that a client can send is laid out whole', () => {
  const model = traceModel(recorded('go-kitchen-udp'));
  expect(model.rowCount).toBe(9);
  const row = names(model).indexOf('kitchen-negative-duration');
  expect(isNegative(model, row)).toBe(true);
  expect(model.length[row]).toBe(0);
  expect(hasError(model, names(model).indexOf('kitchen root 厨房'))).toBe(true);
  for (let i = 0; i < model.rowCount; i++)
    expect((model.start[i] ?? Number.NaN) + (model.length[i] ?? Number.NaN)).toBeLessThanOrEqual(
      model.duration,
    );
});

test('each row knows its place among those beside it', () => {
  const model = traceModel(treeOfSix);
  expect([...model.placeAmongSiblings]).toEqual([1, 1, 1, 2, 2, 2]);
  expect(model.rootCount).toBe(2);
});

test('a span whose parent is missing is an orphan; a root is not', () => {
  const model = traceModel(
    exampleTrace([{ spanID: '1' }, { spanID: '2', parent: '99', startTime: 1 }]),
  );
  expect([isOrphan(model, 0), isOrphan(model, 1)]).toEqual([false, true]);
});

test('numbers that come as strings, absent lists and a missing process do no harm', () => {
  const trace: TraceJson = {
    traceID: 'a1',
    spans: [
      {
        traceID: 'a1',
        spanID: '1',
        operationName: '',
        startTime: '9007199254740993',
        duration: 'x',
        processID: 'p9',
      },
    ],
    processes: {},
  };
  const model = traceModel(trace);
  expect(model.startTime).toBe(9007199254740992);
  expect([model.duration, model.serviceName(0), model.process(0)]).toEqual([0, '', undefined]);
});

test.each([
  [[{ key: 'error', type: 'bool', value: true }], true],
  [[{ key: 'error', type: 'string', value: 'true' }], true],
  [[{ key: 'error', type: 'bool', value: false }], false],
  [[{ key: 'errors', type: 'bool', value: true }], false],
])('the tags %o make an error: %s', (tags, error) => {
  expect(hasError(traceModel(exampleTrace([{ spanID: '1', tags }])), 0)).toBe(error);
});

import { describe, expect, test } from 'vitest';
import { inventCaller } from '../lib/probes/caller.ts';
import { exampleRun, exampleSpan, tappedSpan } from '../lib/testing/example-run.ts';
import { callersFindings, callFindings, failureFindings } from './client-side.ts';
import { serverFindings } from './server-side.ts';
import { unexplained } from './unexplained.ts';

const CALL = 'CallHttpService1Opname';
const client = { 'span.kind': 'client' };
const run = exampleRun();

describe('two callers at once', () => {
  const callers = [inventCaller(['probe']), inventCaller(['probe'])];
  const requests = callers.map(({ headers }) => ({
    at: 0,
    method: 'GET',
    path: '/',
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
  }));
  const seen = (more: readonly (readonly string[])[]) => {
    const traces = callers.map(({ traceId, spanId }, at) => ({
      traceId,
      spans: [
        exampleSpan(`front${at}`, { parentId: spanId }),
        ...(more[at] ?? []).map((name) =>
          exampleSpan(`${name}${at}`, {
            parentId: `front${at}`,
            operationName: name,
            ...(name === CALL && { tags: client }),
          }),
        ),
      ],
    }));
    return { result: [], traces, spans: traces.flatMap(({ spans }) => spans), tapOf: () => [] };
  };

  test.each<[string, string[][], string[]]>([
    ['each with its call', [[CALL], [CALL]], []],
    ['one with a span more, as when it is busy', [[CALL, 'busy'], [CALL]], []],
    ['both calls in one trace', [[CALL, CALL], []], ['L3-CLI-GLOBAL']],
  ])('%s', (_what, more, rules) => {
    const findings = callersFindings(run, { callers, requests, seen: seen(more) });
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });
});

test('a program that calls twice is judged by its first call, and may have a span for each', () => {
  const call = { operationName: CALL, tags: client, duration: 200_000 };
  const spans = [
    exampleSpan('f2', { ...call, startTime: 300_000 }),
    exampleSpan('f1', { ...call, startTime: 0 }),
  ];
  const headers = {
    'uber-trace-id': ['a:f1:0:1'],
    'uberctx-baggage': ['1'],
    'uberctx-baggage1': ['1'],
  };
  const request = { at: 0, method: 'GET', path: '/', headers };
  const result = { kind: 'answered', status: 200, body: '' } as const;
  const seen = { result, traces: [], spans, tapOf: () => [] };
  const seenCall = { seen, request, answeredAt: 199_000, frontAnsweredAt: 199_500 };
  expect(callFindings(run, { ...seenCall, requests: 2 }, 2334, [])).toEqual([]);
  // The same spans of one request alone.
  expect(callFindings(run, { ...seenCall, requests: 1 }, 2334, [])).toMatchObject([
    { rule: 'T-EXTRA', params: { span: CALL, expected: 1, count: 2 } },
  ]);
});

test('what two processes say of the time is no mistake; inside one it is', () => {
  const params = { span: 'x', parent: 'y' };
  const outlives = (expected: string) => ({ rule: 'T-OUTLIVES', params, expected }) as const;
  expect(unexplained([outlives('call')], [])).toEqual([]);
  expect(unexplained([outlives('front')], [])).toMatchObject([{ rule: 'T-OUTLIVES', step: '3.1' }]);
});

describe('the second service, asked by a caller', () => {
  const caller = inventCaller(['baggage', 'baggage1']);
  const OPERATION = 'jaegerHttpService1Opname';
  const asked = (traceId: string, took: number, duration: number) => {
    const tags = { 'span.kind': 'server', ...caller.baggage };
    const more = { parentId: caller.spanId, operationName: OPERATION, duration, tags };
    const spans = [exampleSpan('s', more)];
    const result = { kind: 'answered', status: 200, body: '' } as const;
    return { caller, took, seen: { result, spans, traces: [{ traceId, spans }], tapOf: () => [] } };
  };

  test.each<[string, number, number, string[]]>([
    ['works, answers, and is done', 205, 204_000, []],
    ['works, answers, and is done late on a busy machine', 205, 900_000, []],
    ['does not sleep at all', 5, 4_000, []],
    ['answers, and works then', 5, 204_000, ['D-LONG']],
    ['is done, and works then', 205, 300, ['D-SHORT']],
  ])('%s', (_what, took, duration, rules) => {
    const findings = serverFindings(run, asked(caller.traceId, took, duration), 0.1, []);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });

  test('is told of a context that it kept, and not that it read none', () => {
    const earlier = [{ traceId: 'e1', spans: [] }];
    const kept = { rule: 'L3-CLI-GLOBAL', variant: 'KEPT' };
    expect(serverFindings(run, asked('e1', 205, 204_000), 0.1, earlier)).toMatchObject([kept]);
    expect(serverFindings(run, asked('n1', 205, 204_000), 0.1, earlier)).toMatchObject([
      { rule: 'L3-SRV-EXTRACT' },
    ]);
  });
});

test.each([
  ['finished', [tappedSpan('finish', 'f1')], []],
  ['left open', [], [{ rule: 'X-ERROR', variant: 'UNFINISHED', step: '3.6' }]],
])('the span of a request that fails is %s', (_what, finished, findings) => {
  const started = tappedSpan('start', 'f1', { operationName: 'jaegerHttpOpname' });
  const tags = { ...client, error: true };
  const logs = [{ timestamp: 0, fields: { event: 'error' } }];
  const spans = [exampleSpan('c1', { parentId: 'f1', operationName: CALL, tags, logs })];
  const result = { kind: 'answered', status: 502, body: '' } as const;
  const seen = { result, traces: [], spans, tapOf: () => [started] };
  const request = { at: 0, method: 'GET', path: '/', headers: {} };
  const front = exampleRun({ tap: [started, ...finished] });
  expect(failureFindings(front, [{ how: '500', seen, request }])).toMatchObject(findings);
});

test('a first service that answers before its call came back, and works on, is told', () => {
  const call = { operationName: CALL, tags: client, parentId: 'f0', duration: 200_000 };
  const front = exampleSpan('f0', { operationName: 'jaegerHttpOpname', duration: 300_000 });
  const spans = [front, exampleSpan('f1', call)];
  const headers = {
    'uber-trace-id': ['a:f1:0:1'],
    'uberctx-baggage': ['1'],
    'uberctx-baggage1': ['1'],
  };
  const request = { at: 0, method: 'GET', path: '/', headers };
  const result = { kind: 'answered', status: 200, body: '' } as const;
  const seen = { result, traces: [], spans, tapOf: () => [] };
  const at = (frontAnsweredAt: number) =>
    callFindings(
      run,
      { seen, request, requests: 1, answeredAt: 200_000, frontAnsweredAt },
      2334,
      [],
    );
  const { startTime } = front;
  expect(at(startTime + 299_000)).toEqual([]);
  expect(at(5000)).toMatchObject([{ rule: 'D-LONG', variant: 'FRONT', step: '3.1' }]);
});

import { describe, expect, test } from 'vitest';
import type { TapEvent } from '../lib/harness/tap-event.ts';
import { inventCaller } from '../lib/probes/caller.ts';
import { exampleRun, exampleSpan, tappedSpan } from '../lib/testing/example-run.ts';
import { callersFindings, callFindings, failureFindings } from './client-side.ts';
import { serverFindings } from './server-side.ts';
import { unexplained } from './unexplained.ts';

const CALL = 'CallHttpService1Opname';
const client = { 'span.kind': 'client' };
const run = exampleRun();
const CIRCUMSTANCES = { port: 2334, scale: 0.1, earlier: [] };

describe('two callers at once', () => {
  const FRONT = 'jaegerHttpOpname';
  const callers = [inventCaller(['probe']), inventCaller(['probe'])];
  const request = (headers: Readonly<Record<string, string>>) => ({
    at: 0,
    method: 'GET',
    path: '/',
    headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, [value]])),
  });
  const requests = callers.map(({ traceId, headers }) =>
    request({ ...headers, 'uber-trace-id': `${traceId}:c1:f1:1` }),
  );
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

  test.each<[string, (came: string, ours: string) => string, string[]]>([
    ['the one of the call', (_came, ours) => ours, []],
    ['the one that came in', (came) => came, ['L3-CLI-WRONGCTX']],
    ['both, as one text', (came, ours) => `${ours}, ${came}`, ['L3-CLI-WRONGCTX']],
  ])('the context that goes out is %s', (_what, sent, rules) => {
    const asked = callers.map(({ traceId, headers }) => {
      const came = headers['uber-trace-id'] ?? '';
      return request({ ...headers, 'uber-trace-id': sent(came, `${traceId}:c1:f1:1`) });
    });
    const findings = callersFindings(run, {
      callers,
      requests: asked,
      seen: seen([[CALL], [CALL]]),
    });
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });

  test.each([
    ['the span that answers', true, []],
    ['the caller', false, [{ rule: 'T-PARENT', variant: 'CALLER', step: '3.5' }]],
  ])('a call hangs below %s', (_what, isBelow, expected) => {
    const traces = callers.map(({ traceId, spanId }, at) => {
      const call = { operationName: CALL, parentId: isBelow ? `front${at}` : spanId };
      const front = { operationName: FRONT, parentId: spanId };
      return { traceId, spans: [exampleSpan(`front${at}`, front), exampleSpan(`c${at}`, call)] };
    });
    const spans = traces.flatMap((trace) => trace.spans);
    const answered = { result: [], traces, spans, tapOf: () => [] };
    const findings = callersFindings(run, { callers, requests, seen: answered });
    expect(findings).toHaveLength(expected.length);
    expect(findings).toMatchObject(expected);
  });

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
  const seenCall = { seen, request, answeredAt: 199_000 };
  expect(callFindings(run, { ...seenCall, requests: 2 }, CIRCUMSTANCES)).toEqual([]);
  // The same spans of one request alone.
  expect(callFindings(run, { ...seenCall, requests: 1 }, CIRCUMSTANCES)).toMatchObject([
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
  const asked = (traceId: string, tap: readonly TapEvent[] = []) => {
    const tags = { 'span.kind': 'server', ...caller.baggage };
    const more = { parentId: caller.spanId, operationName: OPERATION, tags };
    const spans = [exampleSpan('s', more)];
    const result = { kind: 'answered', status: 200, body: '' } as const;
    return { caller, seen: { result, spans, traces: [{ traceId, spans }], tapOf: () => tap } };
  };
  const of = (type: 'start' | 'finish', at: number) => ({
    ...tappedSpan(type, 's', { operationName: OPERATION }),
    at,
  });
  const sleep = (at: number, ms = 200): TapEvent => ({ type: 'sleep', at, ms });
  const answer = (at: number): TapEvent => ({ type: 'answer', at, status: 200 });

  test.each<[string, TapEvent[], object[]]>([
    ['works, answers, and is done', [sleep(1), answer(201), of('finish', 202)], []],
    ['does so on a busy machine', [sleep(1), answer(900), of('finish', 1300)], []],
    ['is done, then answers', [sleep(1), of('finish', 201), answer(202)], []],
    ['does not sleep at all', [answer(5), of('finish', 6)], []],
    ['works once more when all is over', [answer(5), of('finish', 6), sleep(7)], []],
    [
      'answers, and works then',
      [answer(1), sleep(2), of('finish', 203)],
      [{ rule: 'D-LONG', params: { count: 2000 } }],
    ],
    [
      'answers late on a busy machine, and works then',
      [answer(199), sleep(199.5), of('finish', 900)],
      [{ rule: 'D-LONG' }],
    ],
    [
      'answers in the middle of its work',
      [sleep(1, 100), answer(102), sleep(102, 100), of('finish', 203)],
      [{ rule: 'D-LONG' }],
    ],
    ['is held up between its end and the answer', [of('finish', 1), answer(301)], []],
    [
      'is done, and works then',
      [of('finish', 1), sleep(2), answer(203)],
      [{ rule: 'D-SHORT', variant: 'SERVER' }],
    ],
    [
      'does not wait for its work',
      [sleep(1), answer(2), of('finish', 3)],
      [{ rule: 'D-SHORT', variant: 'NOT-AWAITED' }],
    ],
  ])('%s', (_what, tap, expected) => {
    const call = asked(caller.traceId, [of('start', 0), ...tap]);
    const findings = serverFindings(run, call, 0.1, []);
    expect(findings).toHaveLength(expected.length);
    expect(findings).toMatchObject(expected);
  });

  test('is told of a context that it kept, and not that it read none', () => {
    const earlier = [{ traceId: 'e1', spans: [] }];
    const kept = { rule: 'L3-CLI-GLOBAL', variant: 'KEPT' };
    expect(serverFindings(run, asked('e1'), 0.1, earlier)).toMatchObject([kept]);
    expect(serverFindings(run, asked('n1'), 0.1, earlier)).toMatchObject([
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
  const of = (type: 'start' | 'finish', at: number) => ({
    ...tappedSpan(type, 'f0', { operationName: 'jaegerHttpOpname' }),
    at,
  });
  const answeredAt = (at: number, finishedAt: number) => {
    const answer = { type: 'answer', at, status: 200 } as const;
    const tap: TapEvent[] = [of('start', 0), answer, of('finish', finishedAt)];
    const seen = { result, traces: [], spans, tapOf: () => tap };
    return callFindings(run, { seen, request, requests: 1, answeredAt: 200_000 }, CIRCUMSTANCES);
  };
  expect(answeredAt(299, 300)).toEqual([]);
  // As early as the answer of the stub can be: the two read the time for themselves.
  expect(answeredAt(199, 200)).toEqual([]);
  expect(answeredAt(5, 300)).toMatchObject([{ rule: 'D-LONG', variant: 'FRONT', step: '3.1' }]);
});

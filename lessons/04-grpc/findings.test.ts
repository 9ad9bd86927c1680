import type { ObservedSpan } from '@spoor/analysis';
import { describe, expect, test } from 'vitest';
import type { TapEvent } from '../lib/harness/tap-event.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { inventCaller } from '../lib/probes/caller.ts';
import type { GrpcAnswer } from '../lib/probes/grpc-call.ts';
import { exampleRun, exampleSpan, tappedSpan } from '../lib/testing/example-run.ts';
import { callSpanOf, callsFindings, leftFindings } from './client-side.ts';
import { statusFindings } from './failure.ts';
import { LEFT, PART_DELAY_MS } from './probes.ts';
import { cancelFindings, contextFindings, untracedFindings } from './server-side.ts';
import { stepOfFailure } from './step-of-failure.ts';
import { unexplained } from './unexplained.ts';

const client = { 'span.kind': 'client' };

test.each<[string, string | undefined, string]>([
  ['the innermost client', undefined, 'inner'],
  ['the client whose context travelled', 'outer', 'outer'],
  ['the innermost client, whatever else travelled', 'root', 'inner'],
])('the span of a call is %s', (_what, carried, expected) => {
  const spans = [
    exampleSpan('root'),
    exampleSpan('outer', { parentId: 'root', tags: client }),
    exampleSpan('inner', { parentId: 'outer', tags: client }),
  ];
  expect(callSpanOf(spans, carried)?.spanId).toBe(expected);
});

describe('a call that ends with a status other than INTERNAL', () => {
  const clean = exampleSpan('b', { tags: client });
  const marked = exampleSpan('b', {
    tags: { ...client, error: true },
    logs: [{ timestamp: 1, fields: { event: 'error' } }],
  });
  const below = exampleSpan('c', { parentId: 'b' });
  test.each<[string, ObservedSpan[], string, string, string[]]>([
    ['is not marked', [clean], 'b', 'f', ['X-ERROR']],
    ['is marked', [marked], 'b', 'f', []],
    ['is marked, and a span below it was injected', [marked, below], 'c', 'f', []],
    ['is not there', [], 'b', 'f', []],
    ['goes out with the context of another, so it has no span', [clean], 'b', 'b', []],
  ])('%s', (_what, spans, failed, answered, rules) => {
    const call = (spanId: string) => ({
      name: 'Ada',
      answeredAt: 0,
      metadata: { 'uber-trace-id': [`a:${spanId}:0:1`] },
    });
    const run = exampleRun();
    const seen = { result: [], traces: [], spans, tapOf: () => [] };
    const stubbed = { run, seen, calls: [call(answered)], failed: [call(failed)], others: 0 };
    expect(statusFindings(stubbed, 'greeter-client').map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('a caller of the server that does not trace', () => {
  const answered: GrpcAnswer = { kind: 'answered', msg: 'Hello World' };
  const refused: GrpcAnswer = { kind: 'failed', code: 13, details: 'no trace' };
  const start = tappedSpan('start', 's');
  test.each<[string, GrpcAnswer, TapEvent[], TapEvent[], string[]]>([
    ['is answered, with a span', answered, [start], [start], []],
    ['is refused', refused, [start], [], ['REFUSED']],
    ['is answered, without a span', answered, [start], [], ['NO-ROOT']],
    ['is answered by a program whose spans nobody sees', answered, [], [], []],
  ])('%s', (_what, answer, before, meanwhile, variants) => {
    const result = { answer, requestedAt: 0, answeredAt: 0 };
    const seen = { result, traces: [], spans: [], tapOf: () => meanwhile };
    const findings = untracedFindings(exampleRun({ tap: before }), seen);
    expect(findings.map(({ variant }) => variant)).toEqual(variants);
  });
});

describe('the method runs in the context of its span', () => {
  const requestedAt = 1_000_000;
  // The metadata came so long before the message.
  const before = requestedAt - PART_DELAY_MS * 1000;
  const log = (timestamp: number, fields: Record<string, string>) => ({ timestamp, fields });

  test.each<
    [
      string,
      Parameters<typeof exampleSpan>[1],
      Parameters<typeof exampleSpan>[1] | undefined,
      boolean,
    ]
  >([
    [
      'if it logs the name',
      { logs: [log(requestedAt + 9, { event: 'greet', name: 'Ada-1' })] },
      undefined,
      true,
    ],
    ['if it says the name in a tag', { tags: { name: 'Ada-1' } }, undefined, true],
    [
      'if it logs anything',
      { logs: [log(requestedAt + 9, { event: 'greeting' })] },
      undefined,
      true,
    ],
    ['if a span hangs below', {}, { startTime: requestedAt + 9 }, true],
    ['or not, if nothing says so', {}, undefined, false],
    [
      'or not, if only an interceptor logs',
      { logs: [log(before, { event: 'call began' })] },
      undefined,
      false,
    ],
    ['or not, if only an interceptor starts a span', {}, { startTime: before }, false],
    [
      'or not, if only baggage and errors are logged',
      { logs: [log(requestedAt, { event: 'error' })] },
      undefined,
      false,
    ],
  ])('%s', (_what, more, below, isRight) => {
    const span = exampleSpan('server', { startTime: before, ...more });
    const spans = [
      span,
      ...(below ? [exampleSpan('below', { parentId: 'server', ...below })] : []),
    ];
    const findings = contextFindings(span, spans, { name: 'Ada-1', requestedAt });
    expect(findings.map(({ rule }) => rule)).toEqual(isRight ? [] : ['L4-SRV-CONTEXT']);
  });
});

describe('two calls of one client', () => {
  const inject: TapEvent = {
    type: 'inject',
    at: 0,
    format: 'text_map',
    keys: [],
    traceId: 'a',
    spanId: 'b',
    parentId: '0',
  };
  test.each<[string, string[], number, string[]]>([
    ['carry a span each', ['b', 'c'], 2, []],
    ['carry one span', ['b', 'b'], 2, ['L3-CLI-GLOBAL']],
    ['carry what the program itself wrote into its metadata, once', ['b', 'b'], 1, []],
  ])('%s', (_what, spanIds, injects, rules) => {
    const calls = spanIds.map((id) => ({
      name: 'Ada',
      answeredAt: 0,
      metadata: { 'uber-trace-id': [`a:${id}:0:1`] },
    }));
    const tapOf = () => Array.from({ length: injects }, () => inject);
    const seen = { result: [], traces: [], spans: [], tapOf };
    const findings = callsFindings(
      { run: exampleRun(), seen, calls, failed: [], others: 0 },
      'greeter',
      [],
    );
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });
});

test.each([
  ['client', 'A-TAG', 'span', '/protos.Greeter/SayHello (c)'],
  ['server', 'A-KIND', 'span', '/protos.Greeter/SayHello (s)'],
  ['server', 'T-PARENT', 'span', '/protos.Greeter/SayHello (s)'],
  ['server', 'A-NAME', 'service', 's'],
  ['client', 'X-FALSE', 'span', '/protos.Greeter/SayHello'],
] as const)(
  'what is said of the span of the %s, %s, names its side',
  (expected, rule, key, text) => {
    const span = '/protos.Greeter/SayHello';
    const own = rule === 'X-FALSE' && { service: 'its own' };
    const params = { span, key: 'component', expected: span, actual: 'other', ...own };
    const [finding] = unexplained([{ rule, params, expected }], [], { client: 'c', server: 's' });
    expect(finding?.params[key]).toBe(text);
  },
);

test.each<[Finding, string, string]>([
  [{ rule: 'W-HANG', params: { file: 'greeter-client.ts' } }, '4.5', '4.1'],
  [{ rule: 'L4-CLI-INJECT', variant: 'BROKEN', params: {} }, '4.5', '4.2'],
  [{ rule: 'L4-NEXT', params: { file: 'client-interceptor.ts' } }, '4.5', '4.1'],
  [{ rule: 'L4-NEXT', params: { file: 'server-interceptor.ts' } }, '4.5', '4.3'],
  [{ rule: 'W-HANG', variant: 'METHOD', params: {} }, '4.5', '4.3'],
  [{ rule: 'W-HANG', variant: 'METHOD', params: {} }, '4.1', '4.1'],
])('what keeps the programs from their end: %o, asked for %s, fails %s', (finding, asked, step) => {
  expect(stepOfFailure(finding, asked)).toBe(step);
});

describe('a call that was given up', () => {
  const caller = { traceId: 'a', spanId: 'b', baggage: {}, headers: {} };
  const start = (spanId: string, parentId: string) => tappedSpan('start', spanId, { parentId });
  test.each<[string, TapEvent[], string[]]>([
    ['is told of if its span stays open', [start('c', 'b')], ['L4-SRV-CANCEL']],
    ['is not, if its span is finished', [start('c', 'b'), tappedSpan('finish', 'c')], []],
    ['is not, if only a span below it is at work', [start('d', 'c')], []],
    ['is not, if no span was begun', [], []],
  ])('%s', (_what, tap, rules) => {
    const seen = { result: [], traces: [], spans: [], tapOf: () => tap };
    const findings = cancelFindings(exampleRun(), 'greeter', {
      callers: [caller],
      names: ['Ada'],
      seen,
    });
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });
});

describe('metadata that a caller has left', () => {
  const left = inventCaller(['baggage']);
  const call = (metadata: Record<string, string[]>) => ({ name: 'Ada', answeredAt: 0, metadata });
  const seen = { result: [], traces: [], spans: [], tapOf: () => [] };
  const trace = { 'uber-trace-id': ['a:b:0:1'], 'uberctx-baggage': ['gRPC-Baggage'] };
  const kept = { 'x-request-id': Object.values(LEFT) };
  test.each<[string, Record<string, string[]>, string[]]>([
    ['goes on, with the context in its place', { ...trace, ...kept }, []],
    ['is lost', trace, ['L4-CLI-METADATA']],
    [
      'goes on, with two contexts',
      { ...trace, ...kept, 'uber-trace-id': [String(left.headers['uber-trace-id']), 'a:b:0:1'] },
      ['L4-CLI-APPEND'],
    ],
  ])('%s', (_what, metadata, rules) => {
    const calls = [call(metadata)];
    const findings = leftFindings({ run: exampleRun(), seen, calls, failed: [], others: 0 }, left);
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });
});

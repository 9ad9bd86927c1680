import { describe, expect, test } from 'vitest';
import type { TapEvent } from '../lib/harness/tap-event.ts';
import { exampleRun, exampleSpan } from '../lib/testing/example-run.ts';
import { callSpanOf, callsFindings } from './client-side.ts';
import { PART_DELAY_MS } from './probes.ts';
import { contextFindings } from './server-side.ts';
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
    const findings = contextFindings(exampleRun(), span, spans, { name: 'Ada-1', requestedAt });
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
    const findings = callsFindings({ run: exampleRun(), seen, calls, others: 0 }, 'greeter', []);
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

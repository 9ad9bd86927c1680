import { describe, expect, test } from 'vitest';
import type { TapEvent } from '../harness/tap-event.ts';
import { exampleRun, exampleSpan, tappedSpan } from '../testing/example-run.ts';
import { deliveryFindings } from './delivery-findings.ts';

const start = (id: string) => tappedSpan('start', id);
const whole = (id: string) => [tappedSpan('start', id), tappedSpan('finish', id)];
const again = (id: string): TapEvent =>
  ({ ...tappedSpan('finish', id), type: 'finish-again' }) as TapEvent;
const names = new Set(['asked', 'call']);

test.each<[string, TapEvent[], string[], string[]]>([
  ['all that was asked for came', whole('asked'), ['asked'], []],
  [
    'one that was asked for is open',
    [...whole('asked'), start('call')],
    ['asked'],
    ['T-UNFINISHED'],
  ],
  ['one of its own is open, as "service is up"', [start('up'), ...whole('asked')], ['asked'], []],
  ['one of its own is on its way', [...whole('asked'), ...whole('heartbeat')], ['asked'], []],
  [
    'one that was asked for never came',
    [...whole('asked'), ...whole('call')],
    ['asked'],
    ['R-NOFLUSH'],
  ],
  [
    'only one of its own came',
    [...whole('asked'), ...whole('heartbeat')],
    ['heartbeat'],
    ['R-NOFLUSH'],
  ],
  ['nothing came', whole('asked'), [], ['R-NOFLUSH']],
  ['nothing came, and all of it has other names', whole('aksed'), [], ['R-NOFLUSH']],
])('of a service that still runs: %s', (_what, tap, arrived, rules) => {
  const traces = [{ traceId: 'a', spans: arrived.map((id) => exampleSpan(id)) }];
  const findings = deliveryFindings(exampleRun({ tap }), traces, { names });
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
});

test('a span of a service\u2019s whole life may be open as long as the service runs', () => {
  const listen: TapEvent = { type: 'listen', port: 2333, at: 1 };
  const traces = [{ traceId: 'a', spans: [exampleSpan('asked', { parentId: 'main' })] }];
  const rules = (main: TapEvent) =>
    deliveryFindings(exampleRun({ tap: [listen, main, ...whole('asked')] }), traces, { names }).map(
      ({ rule }) => rule,
    );
  expect(rules(start('main'))).toEqual([]);
  // Begun with a request, it is over with the request.
  expect(rules({ ...start('main'), at: 2 })).toEqual(['T-UNFINISHED']);
});

test.each<[string, TapEvent[], object]>([
  ['no log was written on it', [], { variant: 'STOPPED' }],
  ['a log was written on it', [tappedSpan('log', 'call')], { rule: 'T-UNFINISHED' }],
  ['another span was logged on', [tappedSpan('log', 'asked')], { variant: 'STOPPED' }],
])('a span that is to hold a log is open, and %s', (_what, more, finding) => {
  const tap = [...whole('asked'), start('call'), ...more];
  const traces = [{ traceId: 'a', spans: [exampleSpan('asked')] }];
  const findings = deliveryFindings(exampleRun({ tap }), traces, { names, logged: names });
  expect(findings).toMatchObject([finding]);
  expect('variant' in (findings[0] ?? {})).toBe('variant' in finding);
});

describe('a span that was started twice in a row', () => {
  const apart = (spanId: string): TapEvent => ({ type: 'pair-taken-apart', spanId, at: 1 });
  const call = (type: 'start' | 'finish', spanId: string, parentId = 'asked') =>
    tappedSpan(type, spanId, { operationName: 'call', parentId });
  const [below, ofAsked] = ['open', 'asked'].map((parentId) => [
    tappedSpan('start', 'below', { parentId }),
    tappedSpan('finish', 'below', { parentId }),
  ]) as [TapEvent[], TapEvent[]];
  const twin = [call('start', 'twin'), apart('twin')];
  const open = [call('start', 'open'), apart('open')];
  const finished = [call('finish', 'twin')];

  test.each<[string, TapEvent[], string | undefined]>([
    ['of the first the span is used', [...twin, ...open, ...below, ...finished], 'TWICE'],
    ['of the second the span is used', [...open, ...twin, ...below, ...finished], 'TWICE'],
    ['nothing hangs below the one left open', [...twin, ...open, ...finished], undefined],
    [
      'the other is of another call',
      [...twin, ...ofAsked, ...finished, ...open, ...below],
      undefined,
    ],
    [
      'the other has another parent',
      [call('start', 'twin', 'other'), apart('twin'), ...open, ...below, ...finished],
      undefined,
    ],
    [
      'no pair was taken apart',
      [call('start', 'twin'), call('start', 'open'), ...below, ...finished],
      undefined,
    ],
  ])('%s', (_what, more, variant) => {
    const run = exampleRun({ tap: [...whole('asked'), ...more] });
    const [found] = deliveryFindings(run, [], { names });
    expect(found).toMatchObject({ rule: 'T-UNFINISHED', params: { span: 'call' } });
    expect(found?.variant).toBe(variant);
  });
});

test.each<[string, TapEvent[], string | undefined]>([
  [
    'as many were finished twice as never',
    [start('call'), ...whole('below'), again('below')],
    'SHARED',
  ],
  [
    'more were finished twice',
    [start('call'), ...whole('below'), again('below'), again('below')],
    undefined,
  ],
  ['that one was started before', [...whole('below'), start('call'), again('below')], undefined],
])('a span is open, and another was finished twice: %s', (_what, tap, variant) => {
  const [found] = deliveryFindings(exampleRun({ tap }), [], { names });
  expect(found).toMatchObject({ rule: 'T-UNFINISHED', params: { span: 'call' } });
  expect(found?.variant).toBe(variant);
});

test('what gave its own trace up is told from what the sampler dropped', () => {
  const dropped = (more: object) => [
    tappedSpan('start', 'asked', { sampled: false }),
    { ...tappedSpan('finish', 'asked', { sampled: false }), ...more },
  ];
  const found = (more: object) =>
    deliveryFindings(exampleRun({ tap: dropped(more) }), [], { names });
  expect(found({})).toMatchObject([{ rule: 'S-NOTSAMPLED' }]);
  expect(found({})[0]?.variant).toBeUndefined();
  expect(found({ isGivenUp: true })).toMatchObject([
    { rule: 'S-NOTSAMPLED', variant: 'PRIORITY', params: { span: 'asked' } },
  ]);
});

test('a tracer that was refused is the reason why nothing was started, and none where something was', () => {
  const refused: TapEvent = { type: 'tracer-refused', error: 'no such sampler', at: 0 };
  const found = (...more: TapEvent[]) =>
    deliveryFindings(exampleRun({ tap: [refused, ...more] }), [], { names });
  expect(found()).toMatchObject([
    { rule: 'T-NOOP', variant: 'REFUSED', params: { error: 'no such sampler' } },
  ]);
  expect(found(...whole('asked'))).toMatchObject([{ rule: 'R-NOFLUSH' }]);
});

test('a span of its own is missed when something hangs below it', () => {
  const tap = [start('around'), ...whole('asked')];
  const traces = [{ traceId: 'a', spans: [exampleSpan('asked', { parentId: 'around' })] }];
  expect(deliveryFindings(exampleRun({ tap }), traces, { names })).toMatchObject([
    { rule: 'T-UNFINISHED', params: { span: 'around' } },
  ]);
});

test.each<[string, string[], object]>([
  [
    'one of two tracers was closed',
    ['c1'],
    { variant: 'TRACERS', params: { count: 2, actual: 1 } },
  ],
  ['none was', [], { params: { arrived: 1, finished: 2 } }],
  ['both were, and the program ended itself', ['c1', 'c2', 'exit'], { variant: 'CLOSING' }],
])('of what waits in a tracer: %s', (_what, closed, finding) => {
  const other = { clientUuid: 'c2' };
  const tap: TapEvent[] = [
    ...whole('asked'),
    tappedSpan('start', 'call', other),
    tappedSpan('finish', 'call', other),
    ...closed.map(
      (clientUuid): TapEvent =>
        clientUuid === 'exit'
          ? { type: 'exit', code: 0, at: 3 }
          : { type: 'close', clientUuid, at: 2 },
    ),
  ];
  const traces = [{ traceId: 'a', spans: [exampleSpan('asked')] }];
  const door = { kind: 'agent', host: '', port: 6831 } as const;
  const sent = [{ door, encoding: 'compact', at: 1, spans: [{ spanId: 'asked' }] }];
  const [found] = deliveryFindings(exampleRun({ tap, sent: sent as never }), traces, { names });
  expect(found).toMatchObject({ rule: 'R-PARTIAL', ...finding });
  if (closed.length === 0) expect(found).not.toHaveProperty('variant');
});

test.each<[string, TapEvent[], string | undefined]>([
  ['no tracer was closed', [], 'UNCLOSED'],
  ['another one was', [{ type: 'close', clientUuid: 'c2', at: 2 }], 'OTHER-TRACER'],
  ['its own was, and not awaited', [{ type: 'close', clientUuid: 'c1', at: 2 }], 'CLOSING'],
  [
    'its own was, and process.exit came before it was done',
    [
      { type: 'close', clientUuid: 'c1', at: 2 },
      { type: 'exit', code: 0, at: 3 },
    ],
    'CLOSING',
  ],
  ['process.exit was first', [{ type: 'exit', code: 0, at: 2 }], undefined],
])('of a program that ended, nothing came and %s', (_what, more, variant) => {
  const ending = { code: 0, signal: null, error: '' };
  const run = exampleRun({ ending, tap: [...whole('asked'), ...more] });
  const [found] = deliveryFindings(run, [], { names });
  expect(found?.rule).toBe('R-NOFLUSH');
  expect(found?.variant).toBe(variant);
});

import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../jaeger-json/observed-trace.ts';
import { client, observedSpan, server, traceOf } from './example-trace.ts';
import { openCalls, rootRequest, severedCalls } from './severed-calls.ts';

const SECOND = 1_000_000;

const calling = (tags: Record<string, JsonValue> = {}) =>
  traceOf(
    'a',
    observedSpan('root', [0, 3 * SECOND], undefined, { serviceName: 'shop', tags: server }),
    observedSpan('call', [SECOND, SECOND], 'root', {
      serviceName: 'shop',
      tags: { ...client, ...tags },
    }),
  );

const taken = (
  traceId: string,
  [start, duration]: readonly [number, number],
  rest: Parameters<typeof observedSpan>[3] = {},
) =>
  traceOf(
    traceId,
    observedSpan('request', [start, duration], undefined, {
      serviceName: 'payment',
      ...rest,
      tags: { ...server, ...rest.tags },
    }),
  );

const inTime = taken('b', [SECOND + 2_000, SECOND - 5_000]);

describe('a call and a request in two traces', () => {
  test('belong together if the one lies within the other', () => {
    expect(severedCalls([calling()], [inTime])).toMatchObject([
      { call: { spanId: 'call' }, request: { spanId: 'request' }, evidence: [], rivals: 0 },
    ]);
    expect(severedCalls([calling()], [inTime])[0]?.share).toBeCloseTo(0.995);
  });

  test.each([
    ['it began before the call', taken('b', [SECOND / 2, SECOND])],
    ['it ended long after it', taken('b', [1.5 * SECOND, SECOND])],
    ['it has a parent', traceOf('b', observedSpan('r', [SECOND, 9], 'x', { tags: server }))],
    ['it takes no request', traceOf('b', observedSpan('r', [SECOND, 9]))],
  ])('do not if %s', (_why, other) => {
    expect(severedCalls([calling()], [other])).toEqual([]);
  });

  test('do not if the call has a request beneath it already', () => {
    const trace = calling();
    const answered = traceOf(
      'a',
      ...trace.spans,
      observedSpan('in', [SECOND, SECOND], 'call', { tags: server }),
    );
    expect(openCalls(answered)).toEqual([]);
    expect(severedCalls([answered], [inTime])).toEqual([]);
  });

  test('do not if another process has put a span of any kind beneath it', () => {
    const answered = traceOf(
      'a',
      ...calling().spans,
      observedSpan('work', [SECOND, 9], 'call', { serviceName: 'payment' }),
    );
    expect(openCalls(answered)).toEqual([]);
    const own = observedSpan('work', [SECOND, 9], 'call', { serviceName: 'shop' });
    expect(openCalls(traceOf('a', ...calling().spans, own))).toHaveLength(1);
  });

  test('do not if the call names another service', () => {
    expect(severedCalls([calling({ 'peer.service': 'stock' })], [inTime])).toEqual([]);
  });

  test.each([
    ['service', { 'peer.service': 'stock' }, { serviceName: 'stock' }],
    ['address', { 'peer.ipv4': '10.0.0.7' }, { processTags: { ip: '10.0.0.7' } }],
    ['path', { 'http.url': 'http://pay:80/pay?x=1' }, { tags: { 'http.target': '/pay' } }],
    ['name', {}, { operationName: 'call' }],
  ] as const)('are told apart from others by the %s', (evidence, tags, rest) => {
    const found = severedCalls(
      [calling(tags)],
      [inTime, taken('c', [1.4 * SECOND, SECOND / 10], rest)],
    );
    expect(found).toMatchObject([{ callee: { traceId: 'c' }, evidence: [evidence], rivals: 0 }]);
  });

  test('the request that fills the call best is taken, and the others are counted', () => {
    const short = taken('c', [1.4 * SECOND, SECOND / 10]);
    expect(severedCalls([calling()], [short, inTime])).toMatchObject([
      { callee: { traceId: 'b' }, rivals: 1 },
    ]);
  });

  test('a request is said to be of one call only', () => {
    const other = { ...calling(), traceId: 'other' };
    expect(severedCalls([calling(), other], [inTime])).toMatchObject([
      { caller: { traceId: 'a' }, rivals: 1 },
    ]);
  });

  test('of many that only the times speak for, none is taken', () => {
    const many = Array.from({ length: 5 }, (_, i) => taken(`t${i}`, [1.4 * SECOND, i]));
    expect(severedCalls([calling()], many)).toEqual([]);
  });

  test('a trace is not severed from itself', () => {
    const trace = traceOf('a', ...calling().spans, ...inTime.spans);
    expect(rootRequest(trace)?.spanId).toBe('root');
    expect(severedCalls([trace], [trace])).toEqual([]);
  });
});

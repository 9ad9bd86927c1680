import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { describe, expect, test } from 'vitest';
import type { TapEvent } from '../harness/tap-event.ts';
import { inventCaller } from './caller.ts';
import { baggageFindings, type Carried, injectFindings } from './carried-findings.ts';
import { errorFindings } from './error-findings.ts';
import { echoFindings, extractFindings } from './extracted-findings.ts';

function span(spanId: string, more: Partial<ObservedSpan> = {}): ObservedSpan {
  return {
    spanId,
    parentId: undefined,
    operationName: `op-${spanId}`,
    serviceName: 's',
    startTime: 0,
    duration: 10,
    hasError: false,
    tags: {},
    logs: [],
    processTags: {},
    ...more,
  };
}

const context = { traceId: 'a', spanId: 'b', parentId: '0' };
const started: TapEvent = {
  type: 'start',
  at: 1,
  client: 'spoor',
  service: 's',
  clientUuid: 'u',
  operationName: 'op',
  sampled: true,
  ...context,
};
const injected = (at: number, keys: readonly string[] = []): TapEvent => ({
  type: 'inject',
  at,
  format: 'http_headers',
  keys,
  ...context,
});
const callBegun: TapEvent = { type: 'call-begun', at: 5 };
const handedOn: TapEvent = { type: 'handed-on', at: 3, side: 'client', call: 1, method: 'start' };
const called: TapEvent = { type: 'call', at: 5, url: 'http://localhost:2334/httpService1' };

describe('what a request carries', () => {
  const rules = { missing: 'L3-CLI-INJECT', wrong: 'L3-CLI-WRONGCTX' } as const;
  const client = span('c1', { parentId: 'f1' });
  const spans = [span('f1'), client, span('d1', { parentId: 'c1' })];
  const carried = (more: Partial<Carried>): Carried => ({
    keys: {},
    tap: [started],
    spans,
    clientSpan: client,
    port: 2334,
    ...more,
  });
  const header = (spanId: string) => ({ 'uber-trace-id': [`aa:${spanId}:0:1`] });

  test.each<[string, Partial<Carried>, object[]]>([
    ['the client span', { keys: header('c1') }, []],
    ['a span below it', { keys: header('d1') }, []],
    ['its parent', { keys: header('f1') }, [{ rule: 'L3-CLI-WRONGCTX' }]],
    ['one that nobody knows', { keys: header('99') }, [{ rule: 'L3-CLI-WRONGCTX' }]],
    ['nothing, and nobody injected', {}, [{ rule: 'L3-CLI-INJECT', variant: 'MISSING' }]],
    [
      'nothing, for inject was given a context of functions',
      { tap: [started, { type: 'inject-misgiven', at: 4, given: 'context' }] },
      [{ rule: 'L3-CLI-INJECT', variant: 'OF-CONTEXT' }],
    ],
    [
      'nothing, for inject was given no span',
      { tap: [started, { type: 'inject-misgiven', at: 4, given: 'other' }] },
      [{ rule: 'L3-CLI-INJECT', variant: 'OF-OTHER' }],
    ],
    [
      'nothing, for inject came later',
      { tap: [started, called, injected(6)] },
      [{ rule: 'L3-CLI-INJECT', variant: 'TOO-LATE' }],
    ],
    [
      'nothing, though inject came before',
      { tap: [started, injected(4), called] },
      [{ rule: 'L3-CLI-INJECT', variant: 'HEADERS-NOT-PASSED' }],
    ],
    [
      'nothing, though inject had a writer for the metadata',
      { tap: [started, { ...injected(4), isWriter: true } as TapEvent, callBegun] },
      [{ rule: 'L3-CLI-INJECT', variant: 'NO-ENTRY' }],
    ],
    [
      'nothing, though inject wrote an entry into some metadata',
      { tap: [started, { type: 'metadata-entry', at: 3 }, injected(4), callBegun] },
      [{ rule: 'L3-CLI-INJECT', variant: 'OTHER-METADATA' }],
    ],
    [
      'nothing, for the start of the call had been handed on before inject',
      { tap: [started, handedOn, injected(4), callBegun] },
      [{ rule: 'L3-CLI-INJECT', variant: 'TOO-LATE' }],
    ],
    [
      'nothing, for what was injected is bytes',
      { tap: [started, { ...injected(4), format: 'binary' } as TapEvent, called] },
      [{ rule: 'L3-CLI-INJECT', variant: 'BINARY' }],
    ],
    [
      'a header that names no span',
      { keys: { 'uber-trace-id': ['aa'] } },
      [{ rule: 'L3-CLI-INJECT', variant: 'UNREADABLE', params: { actual: 'aa' } }],
    ],
    [
      'a context under a name of its own',
      { keys: { 'x-trace': ['aa:c1:0:1'] } },
      [{ rule: 'L3-CLI-INJECT', variant: 'OTHER-KEY', params: { actual: 'x-trace' } }],
    ],
    ['nothing, and the tap saw nothing', { tap: [] }, [{ rule: 'L3-CLI-INJECT' }]],
  ])('%s', (_what, more, findings) => {
    expect(injectFindings(carried(more), rules)).toMatchObject(findings);
    expect(injectFindings(carried(more), rules)).toHaveLength(findings.length);
  });

  test('baggage that was set on a span and did not come was set too late', () => {
    const log = { timestamp: 1, fields: { event: 'baggage', key: 'k', value: 'v' } };
    const late = carried({ tap: [started, injected(4)], spans: [span('c1', { logs: [log] })] });
    expect(baggageFindings(late, 'k', 'L3-CLI-BAGGAGE1')).toMatchObject([{ variant: 'TOO-LATE' }]);
    expect(baggageFindings(late, 'j', 'L3-CLI-BAGGAGE1')).toMatchObject([{ variant: 'MISSING' }]);
    const misspelt = carried({ keys: { 'uberctx-tenent': ['v'] } });
    expect(baggageFindings(misspelt, 'tenant', 'L3-CLI-BAGGAGE1')).toMatchObject([
      { variant: 'NEAR', params: { actual: 'tenent' } },
    ]);
    const known = ['tenant', 'tenent'];
    expect(baggageFindings(misspelt, 'tenant', 'L3-CLI-BAGGAGE1', known)).toMatchObject([
      { variant: 'MISSING' },
    ]);
    const there = carried({ keys: { 'uberctx-k': ['v'] } });
    expect(baggageFindings(there, 'k', 'L3-CLI-BAGGAGE1')).toEqual([]);
  });

  test.each<[string, readonly TapEvent[]]>([
    ['inject wrote it', [started, injected(4, ['uber-trace-id', 'uberctx-k'])]],
    ['nobody injected', [started]],
  ])('baggage that was set on a span and did not come was left out if %s', (_how, tap) => {
    const log = { timestamp: 1, fields: { event: 'baggage', key: 'k', value: 'v' } };
    const sent = carried({ tap, spans: [span('c1', { logs: [log] })] });
    expect(baggageFindings(sent, 'k', 'L3-CLI-BAGGAGE1')).toMatchObject([{ variant: 'LEFT-OUT' }]);
  });
});

describe('what a service makes of its caller', () => {
  const caller = inventCaller(['baggage']);
  const rules = { apart: 'L3-SRV-EXTRACT', follows: 'L3-SRV-REF' } as const;
  const extracted = (traceId?: string, keys: readonly string[] = []): TapEvent => ({
    type: 'extract',
    at: 1,
    format: 'http_headers',
    keys,
    ...(traceId && { context: { ...context, traceId } }),
  });
  const below = { traceId: caller.traceId, spans: [span('s1', { parentId: caller.spanId })] };
  const follower: ObservedTrace = {
    traceId: caller.traceId,
    spans: [span('s1', { parentId: caller.spanId, parentReference: 'FOLLOWS_FROM' })],
  };
  const apart = { traceId: 'ff', spans: [span('s1')] };

  test.each<[string, ObservedTrace[], TapEvent[], object[]]>([
    ['a child of its span', [below], [started], []],
    ['one that follows', [follower], [started], [{ rule: 'L3-SRV-REF' }]],
    ['nothing: no extract', [apart], [started], [{ rule: 'L3-SRV-EXTRACT', variant: 'MISSING' }]],
    [
      'nothing: what was found is not used',
      [apart],
      [started, extracted(caller.traceId)],
      [{ rule: 'L3-SRV-EXTRACT', variant: 'UNUSED' }],
    ],
    [
      'nothing: nothing was found',
      [apart],
      [started, extracted()],
      [{ rule: 'L3-SRV-EXTRACT', variant: 'EMPTY' }],
    ],
    [
      'nothing: no tracer finds anything in metadata by itself',
      [apart],
      [started, { type: 'extract', at: 1, format: 'text_map', keys: [], isMetadata: true }],
      [{ rule: 'L3-SRV-EXTRACT', variant: 'METADATA' }],
    ],
  ])('%s', (_what, traces, tap, findings) => {
    expect(extractFindings({ caller, traces, tap, port: 1 }, rules)).toMatchObject(findings);
    expect(extractFindings({ caller, traces, tap, port: 1 }, rules)).toHaveLength(findings.length);
  });

  const sent = caller.baggage['baggage'] ?? '';
  test.each<[string, Record<string, string>, string[]]>([
    ['as it was sent', { baggage: sent }, []],
    ['as it always is', { baggage: '123456789' }, ['L3-SRV-HARDCODED']],
    ['not at all', {}, ['L3-SRV-BAGGAGE']],
    ['as nothing', { baggage: '' }, ['L3-SRV-BAGGAGE']],
    ['under a key that is misspelt, which is said of the tag', { Baggage: sent }, []],
  ])('its baggage %s', (_how, tags, found) => {
    const traces = [{ traceId: caller.traceId, spans: [span('s1', { tags })] }];
    const received = { caller, traces, tap: [], port: 1 };
    const echo = { hardcoded: 'L3-SRV-HARDCODED', missing: 'L3-SRV-BAGGAGE' } as const;
    const findings = echoFindings(received, 'op-s1', { baggage: '123456789' }, echo);
    expect(findings.map(({ rule }) => rule)).toEqual(found);
  });

  test.each<[string, string[], string]>([
    ['all headers', ['host', 'Uber-Trace-Id', 'Uberctx-Baggage'], 'EMPTY'],
    ['the one header of the trace', ['uber-trace-id'], 'LEFT-OUT'],
    ['a carrier that is asked for its keys', ['headers'], 'EMPTY'],
  ])('an empty tag of baggage, and extract was given %s', (_what, keys, variant) => {
    const spans = [span('s1', { tags: { baggage: '' } })];
    const traces = [{ traceId: caller.traceId, spans }];
    const received = { caller, traces, tap: [extracted(caller.traceId, keys)], port: 1 };
    const echo = { hardcoded: 'L3-SRV-HARDCODED', missing: 'L3-SRV-BAGGAGE' } as const;
    expect(echoFindings(received, 'op-s1', {}, echo)).toMatchObject([{ variant }]);
  });
});

test.each<[Partial<ObservedSpan>, object[]]>([
  [{ tags: { error: true }, logs: [{ timestamp: 1, fields: { event: 'error' } }] }, []],
  [{ tags: { error: true } }, [{ rule: 'X-ERROR', variant: 'LOG' }]],
  [{ logs: [{ timestamp: 1, fields: { event: 'error' } }] }, [{ variant: 'TAG' }]],
  [{ tags: { error: 'refused' } }, [{ variant: 'TAG-VALUE', params: { actual: 'refused' } }]],
  [{ tags: { error: false } }, [{ rule: 'X-ERROR', variant: 'GRPC' }]],
  [{}, [{ rule: 'X-ERROR', variant: 'GRPC' }]],
])('a call that failed shows it by tag and log: %j', (more, findings) => {
  expect(errorFindings(span('s1', more), 'GRPC')).toMatchObject(findings);
});

test('what was written on a span that had ended is said to be late', () => {
  const late = (keys: string[], spanId = 's1'): TapEvent => ({
    ...(started as Extract<TapEvent, { type: 'start' }>),
    type: 'write-late',
    keys,
    spanId,
  });
  const variant = (...tap: TapEvent[]) => errorFindings(span('s1', {}), 'GRPC', tap)[0]?.variant;
  expect(variant(late(['error']))).toBe('TOO-LATE');
  expect(variant(late(['event', 'message']))).toBe('TOO-LATE');
  expect(variant(late(['other']), late(['error'], 's2'))).toBe('GRPC');
});

test.each<[Partial<ObservedSpan>, string]>([
  [{ tags: { error: true }, logs: [{ timestamp: 1, fields: { event: 'error' } }] }, 'ELSEWHERE'],
  // That alone a span above the call may say as well.
  [{ tags: { error: true } }, 'STATUS'],
])('another span says that the call failed: %j', (more, variant) => {
  const [call, other] = [span('c1'), span('r1', more)];
  expect(errorFindings(call, 'STATUS', [], [other, call])).toMatchObject([{ variant }]);
});

import { describe, expect, test } from 'vitest';
import type { TapEvent, TapMessage } from '../lib/harness/tap-event.ts';
import { exampleRun, tappedSpan } from '../lib/testing/example-run.ts';
import {
  closedEarly,
  finishedBy,
  gaveNoCall,
  keptBack,
  whyNoSpan,
  whyUnheard,
} from './interceptors.ts';

function runOf(...messages: readonly TapMessage[]) {
  const tap: TapEvent[] = messages.map((message, at) => ({ ...message, at }));
  return exampleRun({ tap });
}

function handed(method: string, call = 1, side: 'client' | 'server' = 'client'): TapMessage {
  return { type: 'handed', side, call, method };
}

function handedOn(method: string, call = 1, side: 'client' | 'server' = 'client'): TapMessage {
  return { type: 'handed-on', side, call, method };
}

describe('what an interceptor keeps', () => {
  test.each<[string, TapMessage[], string[]]>([
    ['is nothing, where all was handed on', [handed('start'), handedOn('start')], []],
    [
      'is nothing, where a method within another hands on first',
      [handed('start'), handed('onReceiveStatus'), handedOn('onReceiveStatus'), handedOn('start')],
      [],
    ],
    ['is what came to a method and got no further', [handed('start')], ['start']],
    ['is the first such', [handed('start'), handed('halfClose')], ['start']],
    [
      'is told for each call',
      [handed('start', 1), handed('start', 2), handedOn('start', 2)],
      ['start'],
    ],
    ['is not that of the other side', [handed('start', 1, 'server')], []],
  ])('%s', (_what, messages, methods) => {
    const findings = keptBack(runOf(...messages), 'client');
    expect(findings.map(({ params }) => params['method'])).toEqual(methods);
  });

  test('is told with the file, the builder and what it lacks', () => {
    const [finding] = keptBack(runOf(handed('sendStatus', 1, 'server')), 'server');
    expect(finding).toEqual({
      rule: 'L4-NEXT',
      params: {
        file: 'server-interceptor.ts',
        method: 'sendStatus',
        builder: 'withSendStatus',
        code: 'next(sent);',
      },
    });
  });
});

describe('what an interceptor gives', () => {
  const gave = (what: 'call' | 'given' | 'function' | 'nothing'): TapMessage => ({
    type: 'interceptor',
    side: 'server',
    gave: what,
  });
  test.each([
    ['call', undefined, undefined],
    ['given', undefined, 'UNCHANGED'],
    ['function', 'FACTORY', undefined],
    ['nothing', 'NO-CALL', undefined],
  ] as const)('%s: no call %s, no span %s', (what, noCall, noSpan) => {
    const run = runOf(gave(what));
    expect(gaveNoCall(run, 'server')[0]?.variant).toBe(noCall);
    expect(whyNoSpan(run, 'server')).toBe(noSpan);
    expect(gaveNoCall(run, 'client')).toEqual([]);
    expect(whyNoSpan(run, 'client')).toBeUndefined();
  });

  test('a call that came to it, and no span: something was not handed on', () => {
    const run = runOf(gave('call'), handed('start', 1, 'server'));
    expect(whyNoSpan(run, 'server')).toBe('NOT-HANDED-ON');
  });
});

test.each([
  ['caller', 'LISTENER'],
  ['nobody', 'DEAF'],
  ['interceptor', undefined],
  [undefined, undefined],
] as const)('with the listener of %s the status is unheard: %s', (hears, variant) => {
  const on: TapMessage = { type: 'handed-on', side: 'client', call: 1, method: 'start' };
  const run = runOf(handed('start'), hears === undefined ? on : { ...on, hears });
  expect(whyUnheard(run)).toBe(variant);
});

describe('a client that does not wait', () => {
  const [begun, over]: TapMessage[] = [{ type: 'call-begun' }, { type: 'call-over' }];
  const close: TapMessage = { type: 'client-close' };
  const tracerClose: TapMessage = { type: 'close', clientUuid: 'c1' };
  test.each<[string, (TapMessage | undefined)[], boolean]>([
    ['closes while its call is under way', [begun, close, over], true],
    ['closes its tracer meanwhile', [begun, tracerClose, over, close], true],
    ['closes while the second is', [begun, over, begun, close], true],
    ['or waits', [begun, over, close, tracerClose], false],
    ['or never calls', [close, tracerClose], false],
  ])('%s', (_what, messages, isEarly) => {
    const run = runOf(...messages.filter((message) => message !== undefined));
    expect(closedEarly(run).length > 0).toBe(isEarly);
  });
});

describe('what a span was finished by', () => {
  const called: TapMessage = { type: 'method-called' };
  const cancelled: TapMessage = { type: 'cancel-heard', side: 'server', call: 1 };
  const sent = [handed('sendStatus', 1, 'server'), handedOn('sendStatus', 1, 'server')];
  const finish = tappedSpan('finish', 'a');
  test.each<[string, TapMessage[], string | undefined]>([
    ['its method', [called, finish, ...sent, cancelled], 'method-called'],
    ['the status that went out', [called, ...sent, finish, cancelled], 'handed'],
    ['the cancellation that came last', [called, ...sent, cancelled, finish], 'cancel-heard'],
    ['nothing that is known', [finish, called], undefined],
    ['nothing, if it was not', [called, tappedSpan('finish', 'b')], undefined],
  ])('is %s', (_what, messages, by) => {
    expect(finishedBy(runOf(...messages).tap, 'a')).toBe(by);
  });
});

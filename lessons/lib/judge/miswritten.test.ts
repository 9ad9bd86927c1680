import { expect, test } from 'vitest';
import type { TapEvent } from '../harness/tap-event.ts';
import { withMiswritten } from './miswritten.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

const span = { traceId: 'a1', spanId: 'b1' };
const log: Finding = { rule: 'A-LOG', params: { expected: 'event=call, request=first' }, span };
const tag: Finding = { rule: 'A-TAG', params: { key: 'component' }, span };
const kind: Finding = { rule: 'A-KIND', params: { expected: 'server' }, span };
const started = (more: object) => ({ type: 'start', spanId: 'b1', ...more });
const written = (by: string, keys: string[], spanId = 'b1') => ({
  type: 'miswritten',
  spanId,
  by,
  keys,
});

test.each<[string, Finding, object, string | undefined]>([
  ['log is given a text', log, written('log', ['event']), 'TEXT'],
  ['log of another span is given a text', log, written('log', ['event'], 'c1'), undefined],
  ['log is given another text', log, written('log', ['done']), undefined],
  ['setTag is given an object', tag, written('setTag', ['component']), 'OBJECT'],
  ['a tag stands among the options', tag, started({ stray: ['component'] }), 'OPTIONS'],
  ['another thing stands there', tag, started({ stray: ['parent'] }), undefined],
  ['the kind stands there', kind, started({ stray: ['span.kind'] }), 'OPTIONS'],
  ['the tags with the kind were replaced', kind, started({ isKindLost: true }), 'REPLACED'],
  ['they were, and another tag is missing', tag, started({ isKindLost: true }), undefined],
])('%s', (_what, finding, event, variant) => {
  const run = { tap: [event as TapEvent] } as unknown as Run;
  expect(withMiswritten([finding], [run])[0]?.variant).toBe(variant);
});

test('a name that is an object is said to be that', () => {
  const name = (actual: string): Finding => ({ rule: 'A-NAME', params: { actual } });
  expect(withMiswritten([name('[object Object]'), name('spam')], [])).toEqual([
    { ...name('[object Object]'), variant: 'OBJECT' },
    name('spam'),
  ]);
});

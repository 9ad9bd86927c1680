import { expect, test } from 'vitest';
import type { TapEvent } from '../harness/tap-event.ts';
import type { Run } from './run.ts';
import { withSplitReasons } from './split-reasons.ts';
import type { Finding } from './verdict.ts';

type Message = TapEvent extends infer E ? (E extends unknown ? Omit<E, 'at'> : never) : never;

const started = (spanId: string, operationName: string, more: object = {}): Message =>
  ({ type: 'start', client: 'spoor', spanId, operationName, parentId: '0', ...more }) as Message;
const split: Finding = {
  rule: 'T-SPLIT',
  params: { expected: 'root' },
  span: { traceId: 'a1', spanId: 'c1' },
};
const root = started('r1', 'root');
const child = started('c1', 'child');
const made: Message = { type: 'context-made', spanId: 'r1' };
const empty = (given: 'nothing' | 'span' | 'list' | 'context'): Message => ({
  type: 'context-empty',
  spanId: 'c1',
  given,
});

test.each<[string, Message[], string | undefined]>([
  [
    'the context that was made is handed to nobody',
    [root, made, child, empty('context')],
    'CONTEXT-UNUSED',
  ],
  [
    'that context has another child',
    [root, made, started('d1', 'other', { parentId: 'r1' }), child, empty('context')],
    'FROM-EMPTY',
  ],
  [
    'a context is made of no span',
    [root, { type: 'context-made' }, child, empty('context')],
    'CONTEXT-WITHOUT-SPAN',
  ],
  ['the function is handed no context', [root, child, empty('nothing')], 'FROM-NOTHING'],
  ['a span is handed on for a context', [root, child, empty('span')], 'FROM-SPAN'],
  ['the whole pair is handed on', [root, child, empty('list')], 'FROM-LIST'],
  [
    'childOf is a context',
    [root, started('c1', 'child', { childOf: 'context' })],
    'CHILD-OF-CONTEXT',
  ],
  [
    'childOf is undefined',
    [root, started('c1', 'child', { childOf: 'nothing' })],
    'CHILD-OF-NOTHING',
  ],
  [
    'its options are the parent',
    [root, started('c1', 'child', { childOf: 'options' })],
    'AS-OPTIONS',
  ],
  ['childOf is a list', [root, started('c1', 'child', { childOf: 'list' })], 'CHILD-OF-OTHER'],
  [
    'no span is active where it asks for the active one',
    [root, started('c1', 'child', { childOf: 'nothing', parentFrom: 'nothing-active' })],
    'NOTHING-ACTIVE',
  ],
  ['no parent is named', [root, child], undefined],
])('%s', (_what, tap, variant) => {
  const run = { tap: tap.map((event, at) => ({ at, ...event })) } as unknown as Run;
  expect(withSplitReasons([split], [run])[0]?.variant).toBe(variant);
});

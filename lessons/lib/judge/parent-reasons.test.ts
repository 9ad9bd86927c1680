import { expect, test } from 'vitest';
import type { ParentFrom, TapEvent } from '../harness/tap-event.ts';
import { exampleRun, tappedSpan } from '../testing/example-run.ts';
import { withParentReasons } from './parent-reasons.ts';
import type { Finding } from './verdict.ts';

const event = (
  type: 'start' | 'finish',
  spanId: string,
  at: number,
  parentId = 'root',
): TapEvent => ({
  ...tappedSpan(type, spanId, { parentId }),
  at,
});
const inner = (parentFrom?: ParentFrom): TapEvent => ({
  ...event('start', 'inner', 5),
  ...(parentFrom && { parentFrom }),
});
const outer = event('start', 'outer', 1);
const over = event('finish', 'outer', 4);
const misplaced = (rule: 'L2-CTX' | 'T-PARENT', expected: string, variant = 'WHICH'): Finding => ({
  rule,
  variant,
  params: { span: 'inner', which: 'a=b', expected, actual: 'root' },
  span: { traceId: 'a', spanId: 'inner' },
});

test.each<[string, Finding, TapEvent[], string]>([
  ['its context was handed on', misplaced('L2-CTX', 'outer'), [outer, inner('context')], 'WHICH'],
  ['the program named the parent', misplaced('L2-CTX', 'outer'), [outer, inner('own')], 'CHILD-OF'],
  ['the active span was taken', misplaced('L2-CTX', 'outer'), [outer, inner('active')], 'ACTIVE'],
  ['nothing is known of it', misplaced('L2-CTX', 'outer'), [outer, inner()], 'WHICH'],
  [
    'who should have called was over',
    misplaced('T-PARENT', 'outer'),
    [outer, over, inner()],
    'AFTER',
  ],
  ['who should have called runs', misplaced('T-PARENT', 'outer'), [outer, inner()], 'WHICH'],
  [
    'one of those that might have called runs',
    misplaced('T-PARENT', 'outer'),
    [outer, over, { ...tappedSpan('start', 'again', { operationName: 'outer' }), at: 4 }, inner()],
    'WHICH',
  ],
  [
    'what it hangs under was over',
    misplaced('T-PARENT', 'main'),
    [event('start', 'main', 0), outer, over, event('start', 'inner', 5, 'outer')],
    'LEFT-OVER',
  ],
  [
    'it is told otherwise already',
    misplaced('T-PARENT', 'outer', 'CALLER'),
    [outer, over, inner()],
    'CALLER',
  ],
])('of a span under the wrong one: %s', (_what, finding, tap, variant) => {
  expect(withParentReasons([finding], [exampleRun({ tap })])[0]?.variant).toBe(variant);
});

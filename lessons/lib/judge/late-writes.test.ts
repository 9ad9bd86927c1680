import { expect, test } from 'vitest';
import type { TapEvent } from '../harness/tap-event.ts';
import { withLateWrites } from './late-writes.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

const span = { traceId: 'a1', spanId: 'b2' };
const late = (keys: string[], spanId = 'b2') =>
  ({
    type: 'write-late',
    at: 1,
    keys,
    client: 'spoor',
    service: 's',
    clientUuid: 'u',
    operationName: 'op',
    sampled: true,
    traceId: 'a1',
    spanId,
    parentId: '0',
  }) satisfies TapEvent;
const runWith = (...tap: TapEvent[]) => ({ tap }) as unknown as Run;
const tag = { rule: 'A-TAG', variant: 'MISSING', params: { span: 'op', key: 'k' }, span } as const;
const log = {
  rule: 'A-LOG',
  variant: 'MISSING',
  params: { span: 'op', expected: 'event=e, request=r' },
  span,
} as const;

test.each<[string, Finding, TapEvent, string]>([
  ['a tag that was set late', tag, late(['k']), 'TOO-LATE'],
  ['a log that was written late', log, late(['request', 'event']), 'TOO-LATE'],
  ['a kind that was set late', { ...tag, rule: 'A-KIND' }, late(['span.kind']), 'TOO-LATE'],
  ['another tag that was set late', tag, late(['other']), 'MISSING'],
  ['the same tag of another span', tag, late(['k'], 'c3'), 'MISSING'],
])('%s', (_what, finding, event, variant) => {
  expect(withLateWrites([finding], [runWith(), runWith(event)])).toMatchObject([{ variant }]);
});

import { expect, test } from 'vitest';
import type { ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { cutOff, expectedOf, START, trace } from './example-traces.ts';
import { newestRun } from './newest-run.ts';

const inner = expectedOf('02-inner');
const http = expectedOf('03-http');
const ids = (traces: readonly ObservedTrace[]) => traces.map(({ traceId }) => traceId).sort();
const later = (traceId: string, seconds: number, lesson = http) =>
  trace(lesson, {}, { traceId, start: START + seconds * 1e6 });
const restarted = ({ traceId, spans }: ObservedTrace): ObservedTrace => ({
  traceId,
  spans: spans.map((span) => ({ ...span, processTags: { 'client-uuid': 'another' } })),
});

test.each<[string, ObservedTrace[], string[]]>([
  ['nothing of nothing', [], []],
  ['a trace without spans is none', [{ traceId: 'x', spans: [] }], []],
  ['the pieces of one request', cutOff(later('t', 0), ['call'], ['service1']), ['t', 't0', 't1']],
  ['the newest of two requests', [later('old', 0), later('new', 5)], ['new']],
  [
    'the newest in pieces, after one that was whole',
    [...cutOff(later('new', 5), ['service1']), later('old', 0)],
    ['new', 'new0'],
  ],
  [
    'a program started anew at once',
    [later('old', 0, inner), restarted(later('new', 0.8, inner))],
    ['new'],
  ],
])('%s', (_what, traces, run) => {
  expect(ids(newestRun(traces))).toEqual(run);
});

test('where two traces are asked for, the programs of both belong to the run', () => {
  const first = expectedOf('01-init');
  const traces = [later('t1', 0, first), restarted(later('t2', 3, first))];
  expect(ids(newestRun(traces, 2))).toEqual(['t1', 't2']);
});

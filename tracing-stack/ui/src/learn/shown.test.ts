import type { ExpectedTrace, ObservedTrace } from '@spoor/analysis';
import { expect, test } from 'vitest';
import type { VerdictText } from './lessons-client.ts';
import { shown } from './shown.ts';

const expected: ExpectedTrace = {
  spans: [
    { id: 'root', name: 'root', service: 's', parent: null, tags: {}, logs: [] },
    { id: 'child', name: 'child', service: 's', parent: 'root', tags: {}, logs: [] },
  ],
};
const lesson = { number: 2, expected, rules: { 'T-SPLIT': { title: '{count} traces', why: '' } } };
const NOW = 1_000_000_000;
const SECOND = 1_000_000;

/** The root and the child, the child hanging under `parentId`. */
function trace(start: number, parentId: string | undefined = 'r', traceId = 't'): ObservedTrace {
  const span = { serviceName: 's', hasError: false, tags: {}, logs: [], processTags: {} };
  return {
    traceId,
    spans: [
      { ...span, spanId: 'r', operationName: 'root', startTime: start, duration: 100 },
      { ...span, spanId: 'c', operationName: 'child', startTime: start + 9, duration: 9, parentId },
    ],
  };
}

const split = (start: number) => {
  const { spans } = trace(start);
  return spans.map((span, i) => ({
    traceId: `t${i}`,
    spans: [{ ...span, parentId: undefined }],
  }));
};

const verdict: VerdictText = {
  passed: false,
  step: '2.1',
  steps: [],
  finding: { rule: 'L2-CTX', words: { title: 'ctx', why: 'why' }, expected: 'child' },
  warnings: [
    { rule: 'T-DOUBLE', words: { title: 'x', why: '' }, span: { traceId: 't', spanId: 'r' } },
    { rule: 'R-PARTIAL', words: { title: 'y', why: '' } },
  ],
  hints: [],
  moreHints: true,
  traceIds: ['t'],
  at: (NOW - 60 * SECOND) / 1000,
};

test('without spans and without a verdict the expected trace is shown', () => {
  const { is, overlay, findings } = shown(lesson, undefined, [], NOW);
  expect([is, findings, overlay.rows.map((row) => row.is)]).toEqual([
    'nothing',
    [],
    ['missing', 'missing'],
  ]);
});

test('the verdict is shown with its traces, each finding with its line', () => {
  const old = trace(NOW - 70 * SECOND);
  const { is, findings, overlay } = shown(lesson, verdict, [old], NOW);
  expect([is, overlay.traceIds]).toEqual(['verdict', ['t']]);
  expect(findings.map(({ rule, tone, row }) => [rule, tone, row])).toEqual([
    ['L2-CTX', 'main', 1],
    ['T-DOUBLE', 'warning', 0],
    ['R-PARTIAL', 'warning', undefined],
  ]);
});

test('spans that are newer than the verdict are judged by their shape', () => {
  const traces = [trace(NOW - 70 * SECOND, 'r', 'old'), ...split(NOW - 10 * SECOND)];
  const { is, findings } = shown(lesson, verdict, traces, NOW);
  expect(is).toBe('shape');
  expect(findings).toMatchObject([{ rule: 'T-SPLIT', words: { title: '2 traces' }, row: 1 }]);
});

test('a mistake is none while spans may still come; what is right is told at once', () => {
  expect(shown(lesson, undefined, split(NOW - SECOND), NOW)).toMatchObject({
    is: 'arriving',
    findings: [],
  });
  expect(shown(lesson, undefined, [trace(NOW - SECOND)], NOW)).toMatchObject({
    is: 'shape',
    findings: [],
  });
});

test('at a step only what it asks for is missed', () => {
  const [root, child] = expected.spans;
  if (!root || !child) throw new Error('not made');
  const stepwise = {
    ...lesson,
    expected: {
      spans: [
        { ...root, step: '2.1' },
        { ...child, step: '2.2' },
      ],
    },
  };
  const apart = split(NOW - 10 * SECOND);
  const first = shown(stepwise, undefined, apart, NOW, '2.1');
  expect([first.is, first.upTo, first.findings]).toEqual(['shape', '2.1', []]);
  const second = shown(stepwise, undefined, apart, NOW, '2.2');
  expect(second.findings.map(({ rule }) => rule)).toEqual(['T-SPLIT']);
  expect(shown(stepwise, undefined, apart, NOW).upTo).toBeUndefined();
  const nothing = shown(stepwise, undefined, [], NOW, '2.1');
  expect(nothing.overlay.rows.map((row) => row.is)).toEqual(['missing', 'later']);
});

import { expect, test } from 'vitest';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import { dueWarnings } from './due-warnings.ts';

const cancel: StepFinding = { rule: 'L4-SRV-CANCEL', step: '4.3', params: {} };
const silent: StepFinding = { rule: 'L4-SRV-CONTEXT', step: '4.4', params: {} };
const failing = (step: string): StepFinding => ({ rule: 'T-SPLIT', step, params: {} });

test.each<[string, string, StepFinding[], StepFinding[]]>([
  ['at the second step', '4.2', [], []],
  ['at the third', '4.3', [], [cancel]],
  ['at the fourth', '4.4', [], [cancel, silent]],
  ['at the last, with the third to mend', '4.5', [failing('4.3')], [cancel]],
  ['at the last, with it and the first to mend', '4.5', [failing('4.3'), failing('4.1')], []],
  ['at the last, with that to mend', '4.5', [failing('4.5')], [cancel, silent]],
  ['at the third, with a later one wrong', '4.3', [failing('4.5')], [cancel]],
])('%s a warning of a later step waits', (_where, step, findings, expected) => {
  expect(dueWarnings([cancel, silent], findings, step)).toEqual(expected);
});

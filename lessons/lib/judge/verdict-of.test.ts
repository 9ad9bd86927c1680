import { describe, expect, test } from 'vitest';
import type { Lesson } from '../lesson-manifest.ts';
import { verdictOf } from './check-lesson.ts';
import type { StepFinding } from './lesson-check.ts';

const lesson = { number: 3 } as Lesson;
const STEPS = ['3.1', '3.2', '3.3'];
const finding = (rule: StepFinding['rule'], step: string, params = {}): StepFinding => ({
  rule,
  step,
  params,
});
const judged = (findings: readonly StepFinding[], step = '3.3') =>
  verdictOf(lesson, STEPS, step, { findings, traceIds: [] });
const passed = (verdict: ReturnType<typeof judged>) => verdict.steps.map((each) => each.passed);

describe('a verdict', () => {
  test('passes every step when nothing was found', () => {
    const verdict = judged([]);
    expect(verdict.passed).toBe(true);
    expect(passed(verdict)).toEqual([true, true, true]);
  });

  test('tells of the first step that fails, and cannot tell of those after it', () => {
    const verdict = judged([finding('L3-SRV-EXTRACT', '3.3'), finding('T-SPLIT', '3.2')]);
    expect(verdict.finding).toEqual({ rule: 'T-SPLIT', params: {} });
    expect(passed(verdict)).toEqual([true, false, false]);
  });

  test('says nothing of steps that were not asked for', () => {
    const verdict = judged([finding('L3-SRV-EXTRACT', '3.3')], '3.2');
    expect(verdict).toMatchObject({ passed: true, step: '3.2' });
    expect(passed(verdict)).toEqual([true, true]);
  });

  test('of one step, tells what comes first: the gravest', () => {
    const verdict = judged([finding('T-SPLIT', '3.2'), finding('T-MISSING', '3.2')]);
    expect(verdict.finding?.rule).toBe('T-SPLIT');
    expect(verdict.also).toBeUndefined();
  });

  test.each([
    ['another tag', finding('A-TAG', '3.1', { span: 'a', key: 'k' }), 'A-TAG'],
    ['a log', finding('A-LOG', '3.1', { span: 'a' }), 'A-LOG'],
    ['the same again', finding('A-TAG', '3.1', { span: 'a', key: 'x' }), undefined],
    ['what a later step asks for', finding('X-ERROR', '3.2', { span: 'a' }), undefined],
    ['what may follow from the first', finding('T-PARENT', '3.1', { span: 'a' }), undefined],
  ])('also tells of %s, if that has a cause of its own', (_what, second, rule) => {
    const verdict = judged([finding('A-TAG', '3.1', { span: 'a', key: 'x' }), second]);
    expect(verdict.also?.rule).toBe(rule);
  });

  test("takes a sampler's two tags for one thing", () => {
    const verdict = judged([
      finding('A-TAG', '3.1', { span: 'a', key: 'sampler.type' }),
      finding('A-TAG', '3.1', { span: 'a', key: 'sampler.param' }),
    ]);
    expect(verdict.also).toBeUndefined();
  });
});

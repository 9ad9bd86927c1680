import { expect, test } from 'vitest';
import { LessonError } from '../lesson-error.ts';
import { askedStep, stepsOf } from './asked-step.ts';

const title = { en: '', zh: '' };
const LESSON = {
  number: 3,
  exercise: {
    files: [],
    starts: 'T-SPLIT',
    steps: [
      { id: '3.1', title },
      { id: '3.2', title },
    ],
  },
} as const;

test.each([
  ['3.2', '3.2'],
  ['2', '3.2'],
  ['1', '3.1'],
])('step %s of lesson 3 is %s', (asked, step) => expect(askedStep(LESSON, asked)).toBe(step));

test.each(['3.3', '2.1', '', '.1'])('lesson 3 has no step "%s"', (asked) => {
  expect(() => askedStep(LESSON, asked)).toThrow(LessonError);
});

test('a lesson without an exercise is one step', () => {
  expect(stepsOf({ number: 2 })).toEqual(['2.1']);
});

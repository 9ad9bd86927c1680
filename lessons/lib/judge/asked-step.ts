import { LessonError } from '../lesson-error.ts';
import type { Lesson } from '../lesson-manifest.ts';

/** The ids of a lesson's steps; a lesson without an exercise is one step. */
export function stepsOf({ exercise, number }: Pick<Lesson, 'exercise' | 'number'>): string[] {
  return exercise?.steps.map(({ id }) => id) ?? [`${number}.1`];
}

/** The step that `2.1`, or `1` for short, stands for. Throws a `LessonError` if there is none. */
export function askedStep(lesson: Pick<Lesson, 'exercise' | 'number'>, asked: string): string {
  const steps = stepsOf(lesson);
  const step = steps.find((id) => id === asked || id === `${lesson.number}.${asked}`);
  if (step !== undefined) return step;
  const facts = { number: lesson.number, step: asked, steps: steps.join(', ') };
  throw new LessonError((say) => say('check.noStep', facts));
}

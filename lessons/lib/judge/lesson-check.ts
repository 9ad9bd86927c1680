import type { Lesson } from '../lesson-manifest.ts';
import type { Bench } from './bench.ts';
import type { Finding } from './verdict.ts';

/** What a lesson's `check.ts` gives by its default export. */
export interface LessonCheck {
  /**
   * Runs the learner's programs on the bench, probes them and reads their traces. Gives what it found, the gravest
   * first, and the traces to show. Never reads the learner's source.
   */
  judge(bench: Bench, lesson: Lesson): Promise<Judgement>;
}

/** A finding and the step of the lesson that it belongs to: a learner at step 2 is not told of step 4. */
export interface StepFinding extends Finding {
  readonly step: string;
}

export interface Judgement {
  readonly findings: readonly StepFinding[];
  readonly warnings?: readonly Finding[];
  readonly traceIds: readonly string[];
}

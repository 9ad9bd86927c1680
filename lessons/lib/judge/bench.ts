// The learner's programs, running, and what is known of them.
import type { Lesson } from '../lesson-manifest.ts';

/** Where a lesson's check runs the learner's programs. */
export interface Bench {
  readonly lesson: Lesson;
  /** The folder of the learner's programs. */
  readonly folder: string;
}

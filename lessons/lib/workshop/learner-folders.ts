import { join, relative } from 'node:path';
import { CHECKOUT } from '../lesson-manifest.ts';

/** Where a learner's things are: what they write, how far they came, what the judge said last. */
export interface LearnerFolders {
  /** The root of the checkout, unless the learner keeps their things elsewhere. */
  readonly root: string;
  /** Holds a folder for each lesson that was begun. */
  readonly work: string;
  readonly progressFile: string;
  /** Holds the last verdict of each lesson. */
  readonly verdicts: string;
}

/** Names another root, so that several learners (and tests) can share a checkout. Programs there need its node_modules. */
export const LEARNER_ROOT_VARIABLE = 'SPOOR_LEARNER_ROOT';

export function learnerFolders(env: NodeJS.ProcessEnv = process.env): LearnerFolders {
  const root = env[LEARNER_ROOT_VARIABLE] || CHECKOUT;
  return {
    root,
    work: join(root, 'work'),
    progressFile: join(root, '.progress.json'),
    verdicts: join(root, '.spoor', 'verdicts'),
  };
}

/** The learner's copy of a lesson's exercise: `work/03-http`. */
export function workFolder({ work }: Pick<LearnerFolders, 'work'>, lesson: { id: string }): string {
  return join(work, lesson.id);
}

/** Below the checkout, from there: as a person at its root would write it. */
export function shortPath(path: string): string {
  const short = relative(CHECKOUT, path);
  return short.startsWith('..') ? path : short;
}

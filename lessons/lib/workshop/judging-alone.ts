import { join } from 'node:path';
import { type FileLockOptions, lockHolder, withFileLock } from './file-lock.ts';

/** The name, without its ending, of the file that stands among the verdicts while a judge is at work. */
export const JUDGING = 'judging';

/** Who judges now, and what. */
export interface Judging {
  readonly pid: number;
  readonly lesson: number;
}

export type JudgingAloneOptions = Pick<
  FileLockOptions<Pick<Judging, 'lesson'>>,
  'signal' | 'onWaiting'
>;

/**
 * Runs `judge` while no other process judges the same learner's programs: a lessons page and a terminal would else
 * start them twice, and each would find its ports held. Waits for the other; one that died without a word is passed by.
 */
export function judgingAlone<Result>(
  folder: string,
  lesson: { readonly number: number },
  judge: () => Promise<Result>,
  options: JudgingAloneOptions = {},
): Promise<Result> {
  return withFileLock(fileIn(folder), { lesson: lesson.number }, judge, options);
}

/** `undefined` if nobody does. */
export function judgingNow(folder: string): Promise<Judging | undefined> {
  return lockHolder<{ readonly lesson: number }>(fileIn(folder));
}

function fileIn(folder: string): string {
  return join(folder, `${JUDGING}.json`);
}

import { join } from 'node:path';
import {
  ANSWERS_FILE,
  type AnswersFile,
  answersText,
  readAnswers,
} from '../../00-take-off/answers-file.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { ensureCopy } from './learner-copy.ts';
import type { LearnerFolders } from './learner-folders.ts';
import { changeProgress, lessonProgress, withLesson } from './progress-file.ts';
import { writeAtomically } from './write-atomically.ts';

/** Gives the learner their file of answers, with the seed of a trace of their own in it. */
export async function prepareTakeOff(
  folders: LearnerFolders,
  lesson: Lesson,
  random: () => number = Math.random,
): Promise<AnswersFile> {
  const progress = await changeProgress(folders.progressFile, (before) =>
    lessonProgress(before, lesson.number).seed === undefined
      ? withLesson(before, lesson.number, (known) => ({ ...known, seed: newSeed(random) }))
      : before,
  );
  const { seed = newSeed(random) } = lessonProgress(progress, lesson.number);
  const { folder } = await ensureCopy(folders, lesson);
  const { answers } = await readAnswers(folder);
  const file = { seed, answers };
  await writeAtomically(join(folder, ANSWERS_FILE), answersText(file));
  return file;
}

function newSeed(random: () => number): number {
  return 1 + Math.floor(random() * 999_999_999);
}

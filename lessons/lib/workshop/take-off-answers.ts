import { join } from 'node:path';
import {
  ANSWERS_FILE,
  type AnswersFile,
  answersText,
  readAnswers,
} from '../../00-take-off/answers-file.ts';
import type { Question } from '../../00-take-off/questions.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { ensureCopy } from './learner-copy.ts';
import { type LearnerFolders, workFolder } from './learner-folders.ts';
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
  const found = await readAnswers(folder);
  const file = { seed, answers: found.answers };
  // A file that is as it should be is left alone: whoever looks when it changed must not take this for an answer.
  if (found.seed !== seed) await writeAtomically(join(folder, ANSWERS_FILE), answersText(file));
  return file;
}

/** Puts one answer into the learner's file, beside those that were given meanwhile, here or elsewhere. */
export async function keepAnswer(
  folders: LearnerFolders,
  lesson: Lesson,
  question: Question,
  answer: string,
): Promise<AnswersFile> {
  const folder = workFolder(folders, lesson);
  const { seed, answers } = await readAnswers(folder);
  const file = { seed, answers: { ...answers, [question]: answer } };
  await writeAtomically(join(folder, ANSWERS_FILE), answersText(file));
  return file;
}

function newSeed(random: () => number): number {
  return 1 + Math.floor(random() * 999_999_999);
}

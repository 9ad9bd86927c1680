import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';
import { filePairs } from '../workshop/beside-solution.ts';
import { type LearnerFolders, workFolder } from '../workshop/learner-folders.ts';

/** The programs of a lesson, to be compared by who has passed it. */
export interface LessonCode {
  readonly files: readonly {
    readonly name: string;
    /** Empty if the learner has no such file. */
    readonly yours: string;
    readonly finished: string;
  }[];
  /** The same with OpenTelemetry, of the same names; not every file has to have one. */
  readonly today: readonly { readonly name: string; readonly text: string }[];
}

/** Reads the files that the lesson lists, and no others. */
export async function lessonCode(lesson: Lesson, folders: LearnerFolders): Promise<LessonCode> {
  const pairs = await filePairs(lesson, workFolder(folders, lesson));
  const files = pairs.map(({ name, mine, finished }) => ({ name, yours: mine, finished }));
  const today = await Promise.all(files.map(({ name }) => todayText(lesson, name)));
  return { files, today: today.flatMap((found) => found ?? []) };
}

async function todayText({ id }: Lesson, name: string) {
  try {
    return { name, text: await readFile(join(CHECKOUT, 'lessons', id, 'today', name), 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

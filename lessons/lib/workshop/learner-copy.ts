import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';
import { type LearnerFolders, workFolder } from './learner-folders.ts';
import { timeStamp } from './progress-file.ts';

/** What a learner works on. */
export interface LearnerCopy {
  readonly folder: string;
  /** Names of the files that were copied just now; those that the learner has already are left as they are. */
  readonly copied: readonly string[];
}

/** Gives the learner their copy of a lesson's `start/`, as far as they do not have it. */
export async function ensureCopy(folders: LearnerFolders, lesson: Lesson): Promise<LearnerCopy> {
  const folder = workFolder(folders, lesson);
  await mkdir(folder, { recursive: true });
  const start = startFolder(lesson);
  const copied: string[] = [];
  for (const name of await readdir(start)) {
    try {
      await copyFile(join(start, name), join(folder, name), constants.COPYFILE_EXCL);
      copied.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return { folder, copied };
}

/** Moves a learner's copy aside. Gives where it is now; `undefined` if there was none. */
export async function moveCopyAside(
  folders: LearnerFolders,
  lesson: Lesson,
  now: () => Date = () => new Date(),
): Promise<string | undefined> {
  const folder = workFolder(folders, lesson);
  const name = `.old-${basename(folder)}-${timeStamp(now())}`;
  for (let count = 1; ; count++) {
    const aside = join(folders.work, count === 1 ? name : `${name}-${count}`);
    try {
      await rename(folder, aside);
      return aside;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  }
}

export function startFolder({ id }: Lesson): string {
  return join(CHECKOUT, 'lessons', id, 'start');
}

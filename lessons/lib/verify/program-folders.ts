import { copyFile, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';
import { plantMistake } from '../workshop/mistake.ts';

/** Folders with programs of a lesson, laid out as a learner's are, somewhere else. */
export interface ProgramFolders {
  /** A learner's root: `work/` and what the judge keeps. */
  readonly root: string;
  start(lesson: Lesson): Promise<string>;
  solution(lesson: Lesson): Promise<string>;
  variant(lesson: Lesson, name: string): Promise<string>;
  mistake(lesson: Lesson, name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function openProgramFolders(): Promise<ProgramFolders> {
  const root = await mkdtemp(join(tmpdir(), 'spoor-verify-'));
  const work = join(root, 'work');
  await mkdir(work);
  // As in the checkout: what a program imports is found above it, and it is an ES module.
  await symlink(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
  const filled = async (name: string, fill: (folder: string) => Promise<unknown>) => {
    const folder = await mkdtemp(join(work, `${name}-`));
    await fill(folder);
    return folder;
  };
  return {
    root,
    start: (lesson) =>
      filled('start', (folder) => cp(inLesson(lesson, 'start'), folder, { recursive: true })),
    solution: (lesson) => filled('solution', (folder) => finished(lesson, folder)),
    // A variant replaces what it holds; the rest is as finished.
    variant: (lesson, name) =>
      filled(`variant-${name}`, async (folder) => {
        await finished(lesson, folder);
        await cp(inLesson(lesson, 'variants', name), folder, { recursive: true });
      }),
    mistake: async (lesson, name) => (await plantMistake({ work }, lesson, name)).folder,
    remove: () => rm(root, { recursive: true }),
  };
}

/** The names in a lesson's folder `variants`; none if there is no such folder. */
export async function variantNames(lesson: Lesson): Promise<string[]> {
  const entries = await readdir(inLesson(lesson, 'variants')).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.sort();
}

export function inLesson({ id }: Lesson, ...path: string[]): string {
  return join(CHECKOUT, 'lessons', id, ...path);
}

async function finished({ exercise }: Lesson, folder: string): Promise<void> {
  for (const { name, solution } of exercise?.files ?? [])
    await copyFile(join(CHECKOUT, solution), join(folder, name));
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { LessonError } from '../lesson-error.ts';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';
import type { LearnerFolders } from './learner-folders.ts';

/** A mistake that a lesson knows, and what it is, from the head of its patch. */
export interface KnownMistake {
  readonly name: string;
  readonly what: string;
  readonly step: string | undefined;
}

/** The finished programs of a lesson with a mistake in them, in a folder of their own. */
export interface PlantedMistake extends KnownMistake {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Puts a mistake of `mistakes/` into a lesson's finished programs. Throws a `LessonError` that names those there are. */
export async function plantMistake(
  { work }: Pick<LearnerFolders, 'work'>,
  lesson: Lesson,
  name: string,
): Promise<PlantedMistake> {
  const names = await mistakeNames(lesson);
  if (!names.includes(name)) {
    const facts = { name, number: lesson.number, names: names.join(', ') || '-' };
    throw new LessonError((say) => say('mistake.unknown', facts));
  }
  const patch = await readFile(join(mistakesFolder(lesson), `${name}.patch`), 'utf8');
  await mkdir(work, { recursive: true });
  // Within work/, so that the programs find what they import.
  const folder = await mkdtemp(join(work, `.mistake-${name}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    for (const { name: file, solution } of lesson.exercise?.files ?? [])
      await writeFile(join(folder, file), await readFile(join(CHECKOUT, solution), 'utf8'));
    for (const change of parsePatch(patch)) {
      const file = join(folder, (change.newFileName ?? '').replace(/^b\//, ''));
      const patched = applyPatch(await readFile(file, 'utf8'), change);
      if (patched === false) throw new Error(`${name}.patch does not fit ${file}`);
      await writeFile(file, patched);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const header = (key: string) => new RegExp(`^${key}: *(.*)$`, 'm').exec(patch)?.[1];
  return { name, what: header('What') ?? name, step: header('Step'), folder, remove };
}

export async function mistakeNames(lesson: Lesson): Promise<string[]> {
  const files = await readdir(mistakesFolder(lesson)).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files
    .filter((file) => file.endsWith('.patch'))
    .map((file) => file.slice(0, -6))
    .sort();
}

function mistakesFolder({ id }: Lesson): string {
  return join(CHECKOUT, 'lessons', id, 'mistakes');
}

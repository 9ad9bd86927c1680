import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';

/** The program that does what a lesson's does with OpenTelemetry; from the root of the checkout. */
export async function todayFile({ id, exercise }: Lesson): Promise<string | undefined> {
  const folder = join('lessons', id, 'today');
  const names: string[] = await readdir(join(CHECKOUT, folder)).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  // The one to begin with: of the same name as the learner's first.
  const program = exercise?.files.find(({ name }) => names.includes(name));
  return program && join(folder, program.name);
}

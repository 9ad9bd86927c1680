import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT, type Lesson } from '../lesson-manifest.ts';

/** The program that does what a lesson's does with OpenTelemetry; from the root of the checkout. */
export async function todayFile({ id }: Lesson): Promise<string | undefined> {
  const folder = join('lessons', id, 'today');
  const names = await readdir(join(CHECKOUT, folder)).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const programs = names.filter((name) => /\.ts$/.test(name)).sort();
  return programs[0] && join(folder, programs[0]);
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashProblems } from './readme-hashes.ts';
import { headingProblems } from './readme-headings.ts';
import { linkProblems } from './readme-links.ts';
import { regionProblems } from './readme-regions.ts';

const NAMES = ['README.md', 'README.zh-CN.md'] as const;

/** The READMEs below `root` that are held against files and against each other: its own, and those of the lessons. */
export function readmes(root: string): string[] {
  const lessons = join(root, 'lessons');
  const folders = existsSync(lessons)
    ? readdirSync(lessons).filter((name) => /^\d\d-/.test(name))
    : [];
  const all = ['', ...folders.sort().map((name) => `lessons/${name}/`)];
  return all.flatMap((folder) => NAMES.map((name) => folder + name));
}

/** Everything that is wrong with the READMEs below `root`, one line each. */
export function readmeProblems(root: string): string[] {
  return readmes(root).flatMap((readme) => {
    if (!existsSync(join(root, readme))) return [`${readme}: is missing`];
    return [
      ...regionProblems(root, readme),
      ...linkProblems(root, readme),
      ...(readme.startsWith('lessons/') ? headingProblems(root, readme) : []),
      ...(readme.endsWith('.zh-CN.md') ? hashProblems(root, readme) : []),
    ];
  });
}

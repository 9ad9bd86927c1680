/** Every lesson's README has the same eight headings, so that a reader knows where to look. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sections } from './readme-hashes.ts';

export const LESSON_HEADINGS = {
  '.md': [
    'Goal',
    'The idea',
    'The picture',
    'Start',
    'Steps',
    'What the UI shows',
    'If it goes wrong',
    'Corrections and today',
  ],
  '.zh-CN.md': [
    '目标',
    '思路',
    '全貌',
    '起点',
    '步骤',
    '界面上能看到什么',
    '出了问题怎么办',
    '勘误与现状',
  ],
} as const;

/** What is wrong with the headings of a lesson's README, one line at most. */
export function headingProblems(root: string, readme: string): string[] {
  const wanted = LESSON_HEADINGS[readme.endsWith('.zh-CN.md') ? '.zh-CN.md' : '.md'];
  const [, ...found] = sections(readFileSync(join(root, readme), 'utf8'));
  const headings = found.map(({ heading }) => heading);
  if (headings.join('\n') === wanted.join('\n')) return [];
  return [
    `${readme}: its headings are ${headings.join(' · ')}; they must be ${wanted.join(' · ')}`,
  ];
}

/** A link of a README to a file of the checkout leads somewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LINK = /\]\(([^)\s]+)\)/g;
const CODE = /^(\s*)(`{3,}).*?^\1\2|`[^`\n]*`/gms;
const ELSEWHERE = /^(?:[a-z]+:|#)/;

/** Links of the README `readme` below `root` to what is not there, one line each. */
export function linkProblems(root: string, readme: string): string[] {
  const text = readFileSync(join(root, readme), 'utf8').replace(CODE, '');
  return [...text.matchAll(LINK)].flatMap(([, target = '']) => {
    const [file = ''] = target.split('#');
    if (ELSEWHERE.test(target) || existsSync(join(root, dirname(readme), file))) return [];
    return [`${readme}: links to ${target}, which is not there`];
  });
}

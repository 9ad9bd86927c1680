/**
 * Holds the READMEs against the files whose code they show, and the translations against what they translate.
 *
 *     node --import tsx scripts/check-readmes.ts                     says what is wrong; exit code 1 if anything is
 *     node --import tsx scripts/check-readmes.ts --update [FILE…]    writes the code blocks anew (of all READMEs)
 *     node --import tsx scripts/check-readmes.ts --translated FILE…  these translations fit the English as it is now
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withHashes } from './readme-hashes.ts';
import { withRegions } from './readme-regions.ts';
import { readmeProblems, readmes } from './readmes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function rewrite(files: readonly string[], anew: (root: string, readme: string) => string): void {
  for (const file of files) {
    const text = anew(root, file);
    if (text === readFileSync(join(root, file), 'utf8')) continue;
    writeFileSync(join(root, file), text);
    console.log(`${file}: written`);
  }
}

const [flag, ...files] = process.argv.slice(2);
if (flag === '--update') rewrite(files.length > 0 ? files : readmes(root), withRegions);
else if (flag === '--translated' && files.length > 0) rewrite(files, withHashes);
else if (flag !== undefined) throw new Error('only --update [FILE…] and --translated FILE…');

const problems = readmeProblems(root);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${problems.length} ${problems.length === 1 ? 'place' : 'places'} in the READMEs`);
  process.exitCode = 1;
}

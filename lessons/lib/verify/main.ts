import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULE_IDS, type RuleId } from '../judge/rule-ids.ts';
import { CHECKOUT, type Lesson, loadLessons } from '../lesson-manifest.ts';
import { painter, table } from '../terminal-text.ts';
import { mistakeNames } from '../workshop/mistake.ts';
import { verifyFlags } from './flags.ts';
import type { Row } from './gate.ts';
import { canOpen } from './private-network.ts';
import { inLesson } from './program-folders.ts';
import { verifyApart } from './verify-apart.ts';
import { verifyHere } from './verify-here.ts';

/** Rules that no program of a learner's can be planted for, and who needs them all the same. */
const NEEDED_ELSEWHERE: ReadonlySet<RuleId> = new Set([
  // The lessons page, which sees spans and no tracer; here a span that is missing is one that was not finished.
  'T-ORPHAN',
  // A stack that is not well.
  'L0-PORT',
  'L0-ROUNDTRIP',
]);

// `npm run lessons:verify`: what the authors of the lessons promise, held against the programs themselves.
const flags = verifyFlags(process.argv.slice(2));
process.exitCode = await verify();
process.exit();

async function verify(): Promise<number> {
  const began = performance.now();
  const paint = painter(process.stdout.isTTY, process.env);
  const rows: Row[] = [];
  const onRow = (row: Row) => {
    rows.push(row);
    const sign = row.ok ? paint('green', '✓') : paint('red', '✗');
    const took = row.took === undefined ? '' : ` ${(row.took / 1000).toFixed(1)} s`;
    const difference = row.ok ? row.actual : `${row.actual}, expected ${row.expected}`;
    console.log(`${sign} ${row.lesson} ${row.what}: ${difference}${paint('dim', took)}`);
    if (row.detail) console.log(paint('dim', `    ${row.detail.replaceAll('\n', '\n    ')}`));
  };
  for (const row of await readmeRows()) onRow(row);

  const lessons = (await loadLessons()).filter(
    (lesson) => (flags.lesson ?? lesson.number) === lesson.number && hasCheck(lesson),
  );
  const told = canOpen()
    ? await verifyApart(await longestFirst(lessons), flags, onRow)
    : await verifyHere(lessons, flags, onRow);
  const whole = flags.lesson === undefined && flags.only === undefined;
  if (whole) for (const row of untold(told)) onRow(row);
  if (rows.length === 0) {
    console.log('No program of these lessons has this in its name.');
    return 1;
  }
  return summary(rows, performance.now() - began);
}

async function longestFirst(lessons: readonly Lesson[]): Promise<Lesson[]> {
  const counted = await Promise.all(
    lessons.map(async (lesson) => ({ lesson, mistakes: (await mistakeNames(lesson)).length })),
  );
  return counted.sort((a, b) => b.mistakes - a.mistakes).map(({ lesson }) => lesson);
}

/** A rule that no mistake is told by may as well not exist. */
function untold(told: ReadonlySet<RuleId>): Row[] {
  const silent = RULE_IDS.filter((rule) => !told.has(rule) && !NEEDED_ELSEWHERE.has(rule));
  if (silent.length === 0) return [];
  const what = 'rules that no mistake is told by';
  return [{ lesson: 'all', what, expected: 'none', actual: silent.join(', '), ok: false }];
}

/** What the READMEs show and translate. */
async function readmeRows(): Promise<Row[]> {
  if (flags.lesson !== undefined || flags.only !== undefined) return [];
  const url = pathToFileURL(join(CHECKOUT, 'scripts/readmes.ts')).href;
  const { readmeProblems } = (await import(url)) as {
    readmeProblems: (root: string) => string[];
  };
  const problems = readmeProblems(CHECKOUT);
  const row = { lesson: 'all', what: 'READMEs', expected: 'code from files, no stale translation' };
  if (problems.length === 0) return [{ ...row, actual: 'so it is', ok: true }];
  return problems.map((actual) => ({ ...row, actual, ok: false }));
}

function hasCheck(lesson: Lesson): boolean {
  return existsSync(inLesson(lesson, 'check.ts'));
}

function summary(rows: readonly Row[], millis: number): number {
  const lessons = [...new Set(rows.map(({ lesson }) => lesson))].sort();
  const count = (lesson: string, ok: boolean) =>
    `${rows.filter((row) => row.lesson === lesson && row.ok === ok).length}`;
  const head = ['lesson', 'as promised', 'not'];
  console.log('');
  for (const line of table([
    head,
    ...lessons.map((each) => [each, count(each, true), count(each, false)]),
  ]))
    console.log(line);
  const failed = rows.filter(({ ok }) => !ok);
  console.log(
    `\n${rows.length - failed.length} as promised, ${failed.length} not, in ${Math.round(millis / 1000)} s`,
  );
  for (const { lesson, what } of failed) console.log(`  ✗ ${lesson} ${what}`);
  return failed.length === 0 ? 0 : 1;
}

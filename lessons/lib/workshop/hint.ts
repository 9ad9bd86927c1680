import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_DIRECTORY, onInterruption } from '@spoor/platform';
import { findBackend } from '../backend.ts';
import { parseCommandLine } from '../command-line.ts';
import { errorText } from '../error-text.ts';
import { askedLanguage } from '../flags.ts';
import { chooseLanguage, type Language, speaker } from '../i18n/messages.ts';
import { CheckInterrupted } from '../judge/check-lesson.ts';
import { findingWords } from '../judge/finding-words.ts';
import type { Verdict } from '../judge/verdict.ts';
import { type Lesson, loadLesson } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { screen } from '../screen.ts';
import { wrapText } from '../terminal-text.ts';
import { filePairs, pairPicture, pairWords } from './beside-solution.ts';
import { HINTS_PER_RULE, takeHint } from './hints.ts';
import { judgeLearner } from './judge-learner.ts';
import type { Judging } from './judging-alone.ts';
import { ensureCopy } from './learner-copy.ts';
import { learnerFolders, workFolder } from './learner-folders.ts';
import { type BrokenProgress, readProgress } from './progress-file.ts';
import { currentStep } from './record-verdict.ts';
import { readVerdict } from './verdict-files.ts';

// `npm run hint:N`: what fails now → one more of its hints.
const [number, ...argv] = process.argv.slice(2);
const folders = learnerFolders();
const interruption = new AbortController();
void onInterruption(() => process.exit(130)).interrupted.then(() => interruption.abort());
let out = screen(speaker(chooseLanguage(askedLanguage(argv), process.env)));
const onBroken = (broken: BrokenProgress) => out.error(out.say('progress.broken', { ...broken }));
try {
  const { language: chosen } = await readProgress(folders.progressFile, onBroken);
  const language = chooseLanguage(askedLanguage(argv) ?? chosen, process.env);
  out = { ...out, say: speaker(language) };
  const lesson = await loadLesson(Number(number));
  const flags = parseCommandLine(
    argv,
    {
      script: `hint:${lesson.number}`,
      usage: '[--query URL]',
      summary: out.say('help.hint'),
      flags: { query: { type: 'string', requiresArg: true, describe: out.say('help.query') } },
    },
    language,
  );
  const verdict = (await freshVerdict(lesson)) ?? (await judgeNow(lesson, flags.query));
  process.exitCode = await tellHint(lesson, verdict, language);
} catch (error) {
  const interrupted = error instanceof CheckInterrupted;
  out.error(
    interrupted ? out.say('check.interrupted') : errorText(error, `hint:${number}`, out.say),
  );
  process.exitCode = interrupted ? 130 : 1;
}
// Idle connections to the query service must not hold up the end.
process.exit();

/** The last verdict, if nothing was changed since. */
async function freshVerdict(lesson: Lesson): Promise<Verdict | undefined> {
  const verdict = await readVerdict(folders.verdicts, lesson);
  if (!verdict) return undefined;
  const folder = workFolder(folders, lesson);
  const names = await readdir(folder).catch(() => undefined);
  const times = await Promise.all((names ?? []).map(async (name) => stat(join(folder, name))));
  const isFresh = names && times.every(({ mtimeMs }) => mtimeMs <= verdict.at - verdict.took);
  return isFresh ? verdict : undefined;
}

async function judgeNow(lesson: Lesson, query: string | undefined): Promise<Verdict> {
  out.line(out.paint('dim', out.say('exercise.judging')));
  await ensureCopy(folders, lesson);
  const step = currentStep(lesson, await readProgress(folders.progressFile, onBroken));
  const backend = await findBackend({
    query,
    env: process.env,
    directory: process.env['EMBEDDED_DIRECTORY'] || DATA_DIRECTORY,
    ports: USUAL_PORTS,
  });
  try {
    const { signal } = interruption;
    const onWaiting = (judge: Judging) => out.error(out.say('check.waiting', { ...judge }));
    return await judgeLearner(lesson, { folders, backend, step, signal, onBroken, onWaiting });
  } finally {
    await backend.close();
  }
}

async function tellHint(lesson: Lesson, verdict: Verdict, language: Language): Promise<number> {
  const { line, say, paint } = out;
  const width = Math.min(96, out.width() - 4);
  const { finding } = verdict;
  const shown = await takeHint(folders, lesson, verdict);
  if (!finding || shown === undefined) {
    line(`${paint('green', '✓')} ${say('exercise.noHint')}`);
    return 0;
  }
  const { title, why, hints } = findingWords(finding, language);
  const step = verdict.steps.find(({ passed }) => !passed)?.id ?? verdict.step;
  line(`${paint('red', '✗')} ${paint('bold', title)}  ${paint('dim', `${step} ${finding.rule}`)}`);
  for (const text of wrapText(why, width)) line(`  ${text}`);
  for (const [at, hint] of hints.slice(0, shown).entries()) {
    line();
    line(paint('cyan', `  ${say('exercise.hint', { number: at + 1, count: HINTS_PER_RULE })}`));
    for (const text of wrapText(hint, width)) line(`  ${text}`);
  }
  if (shown <= HINTS_PER_RULE) return 0;
  for (const pair of await filePairs(lesson, workFolder(folders, lesson))) {
    line();
    for (const text of pairPicture(pair, out.width(), paint, pairWords(say))) line(text);
  }
  return 0;
}

import { access } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { DATA_DIRECTORY, onInterruption } from '@spoor/platform';
import { agentOf, type BackendOptions, findBackend, isOwn } from '../backend.ts';
import { errorText } from '../error-text.ts';
import { askedLanguage } from '../flags.ts';
import { chooseLanguage, type Language, speaker } from '../i18n/messages.ts';
import { LessonError } from '../lesson-error.ts';
import { CHECKOUT, type Lesson, loadLesson, loadLessons } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { type Screen, screen } from '../screen.ts';
import { judgeLearner } from '../workshop/judge-learner.ts';
import { learnerFolders, workFolder } from '../workshop/learner-folders.ts';
import { type BackendOfCheck, CheckInterrupted, checkLesson, checkOf } from './check-lesson.ts';
import { type CheckFlags, parseCheckFlags } from './flags.ts';
import type { Verdict } from './verdict.ts';
import { verdictLines } from './verdict-lines.ts';

// `npm run check:N` and `npm run check`: lessons → flags → judge → exit code.
const [first = '', ...rest] = process.argv.slice(2);
const number = /^\d+$/.test(first) ? Number(first) : undefined;
const argv = number === undefined ? process.argv.slice(2) : rest;
const language = chooseLanguage(askedLanguage(argv), process.env);
const out = screen(speaker(language));
const { interrupted } = onInterruption(() => process.exit(130));
const interruption = new AbortController();
void interrupted.then(() => interruption.abort());
const script = number === undefined ? 'check' : `check:${number}`;
try {
  const flags = parseCheckFlags(argv, script, language);
  process.exitCode = await check(flags, number, language, out);
} catch (error) {
  if (error instanceof CheckInterrupted) {
    out.error(out.say('check.interrupted'));
    process.exitCode = 130;
  } else {
    out.error(errorText(error, script, out.say));
    process.exitCode = 1;
  }
}
// Idle connections to the query service must not hold up the end.
process.exit();

async function check(
  flags: CheckFlags,
  only: number | undefined,
  language: Language,
  { line, say, paint }: Screen,
): Promise<number> {
  const lessons = await begun(only, flags);
  const options: BackendOptions = {
    query: flags.target,
    env: process.env,
    directory: process.env['EMBEDDED_DIRECTORY'] || DATA_DIRECTORY,
    ports: USUAL_PORTS,
  };
  const agent = agentOf(options);
  // The first program is on its way before the stack, which is the most that there is to load.
  await Promise.all(lessons.slice(0, 1).map(({ lesson }) => checkOf(lesson)));
  const coming = findBackend(options);
  // Whoever needs it hears why there is none.
  coming.catch(() => {});
  const verdicts: Verdict[] = [];
  try {
    for (const { lesson, folder } of lessons) {
      const verdict = await judge(lesson, folder, { agent, coming }, flags);
      verdicts.push(verdict);
      if (flags.json) continue;
      for (const each of verdictLines(lesson, verdict, { language, say, paint })) line(each);
    }
  } finally {
    await coming.then(
      (backend) => backend.close(),
      () => {},
    );
  }
  if (!flags.json && verdicts.some(({ traceIds }) => traceIds.length > 0)) {
    const { query, ...backend } = await coming;
    // Its links were just shown.
    if (isOwn(backend)) line(`  ${paint('dim', say('check.stackEnded', { url: query.url }))}`);
  }
  if (flags.json) line(JSON.stringify(only === undefined ? verdicts : verdicts[0], undefined, 2));
  return verdicts.every(({ passed }) => passed) ? 0 : 1;
}

/** A learner's own programs are judged by one judge at a time, and what it says is kept. */
function judge(
  lesson: Lesson,
  folder: string,
  backend: BackendOfCheck,
  { step, dir }: CheckFlags,
): Promise<Verdict> {
  if (dir !== undefined) return checkLesson(lesson, { folder, backend, step, interrupted });
  return judgeLearner(lesson, {
    folders: learnerFolders(),
    backend,
    step,
    signal: interruption.signal,
    onBroken: (broken) => out.error(out.say('progress.broken', { ...broken })),
    onWaiting: (other) => out.error(out.say('check.waiting', { ...other })),
  });
}

/** The lessons to judge: the one that was asked for, or all that the learner has begun. */
async function begun(
  only: number | undefined,
  { dir }: CheckFlags,
): Promise<{ lesson: Lesson; folder: string }[]> {
  const folderOf = (lesson: Lesson) => {
    if (dir === undefined) return workFolder(learnerFolders(), lesson);
    return only === undefined ? resolve(dir, lesson.id) : resolve(dir);
  };
  if (only !== undefined) {
    const lesson = await loadLesson(only);
    const folder = folderOf(lesson);
    await requireFiles(lesson, folder);
    return [{ lesson, folder }];
  }
  const all = (await loadLessons()).map((lesson) => ({ lesson, folder: folderOf(lesson) }));
  const there = await Promise.all(all.map(({ folder }) => exists(folder)));
  const found = all.filter((_, at) => there[at]);
  if (found.length === 0) throw new LessonError((say) => say('check.noFolders'));
  for (const { lesson, folder } of found) await requireFiles(lesson, folder);
  return found;
}

async function requireFiles(lesson: Lesson, folder: string): Promise<void> {
  const number = lesson.number;
  const shown = relative(CHECKOUT, folder).startsWith('..') ? folder : relative(CHECKOUT, folder);
  if (!(await exists(folder)))
    throw new LessonError((say) => say('check.noFolder', { folder: shown, number }));
  const [program] = lesson.exercise?.files ?? [];
  if (!program || (await exists(join(folder, program.name)))) return;
  if (await exists(join(folder, lesson.id, program.name))) {
    const within = join(shown, lesson.id);
    throw new LessonError((say) =>
      say('check.lessonWithin', { folder: shown || '.', within, number }),
    );
  }
  throw new LessonError((say) => say('check.noFile', { file: join(shown, program.name), number }));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

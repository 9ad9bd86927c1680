import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { LANGUAGES } from '../i18n/messages.ts';
import type { RuleId } from '../judge/rule-ids.ts';
import { LessonError } from '../lesson-error.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { mistakeNames } from '../workshop/mistake.ts';
import { type Judge, judged, type Row } from './gate.ts';
import {
  findingOf,
  goldenFile,
  goldenFileText,
  goldenText,
  isExactly,
  promised,
  readGolden,
  wordProblems,
} from './mistakes.ts';
import { type ProgramFolders, variantNames } from './program-folders.ts';

export interface LessonGateOptions {
  readonly judge: Judge;
  readonly folders: ProgramFolders;
  /** How often a solution has to pass. */
  readonly times: number;
  /** Write the golden texts instead of comparing them. */
  readonly update: boolean;
  /** Only programs whose name has this in it. */
  readonly only: string | undefined;
  readonly onRow: (row: Row) => void;
}

export interface LessonGate {
  readonly rows: readonly Row[];
  /** Rules that a mistake of this lesson was told by. */
  readonly told: ReadonlySet<RuleId>;
}

/** Holds a lesson to what its authors promise of its programs. */
export async function verifyLesson(
  lesson: Lesson,
  { judge, folders, times, update, only, onRow }: LessonGateOptions,
): Promise<LessonGate> {
  const rows: Row[] = [];
  const told = new Set<RuleId>();
  const add = (row: Omit<Row, 'lesson'>) => {
    const whole = { lesson: lesson.id, ...row };
    rows.push(whole);
    onRow(whole);
  };
  const wanted = (name: string) => only === undefined || name.includes(only);

  if (lesson.exercise && wanted('start')) {
    const { starts } = lesson.exercise;
    const { code, verdict, took, detail } = await judged(
      judge,
      lesson,
      await folders.start(lesson),
    );
    const ok = verdict?.finding?.rule === starts;
    if (verdict?.finding) told.add(verdict.finding.rule);
    add({ what: 'start', expected: starts, actual: code, ok, took, ...why(ok, detail) });
  }
  if (wanted('solution')) {
    const folder = await folders.solution(lesson);
    for (let time = 1; time <= times; time++)
      add({ what: `solution, ${time}`, ...(await passes(judge, lesson, folder)) });
  }
  for (const name of await variantNames(lesson))
    if (wanted(`variant ${name}`))
      add({
        what: `variant ${name}`,
        ...(await passes(judge, lesson, await folders.variant(lesson, name))),
      });

  const golden = Object.fromEntries(
    await Promise.all(
      LANGUAGES.map(async (language) => [language, new Map(await readGolden(lesson, language))]),
    ),
  ) as Record<(typeof LANGUAGES)[number], Map<string, string>>;
  const names = await mistakeNames(lesson);
  for (const name of names) {
    const what = `mistake ${name}`;
    if (!wanted(what)) continue;
    const promise = await promised(lesson, name);
    const expected = [promise.rule, promise.variant].filter(Boolean).join('.');
    const { code, verdict, took, detail } = await judged(
      judge,
      lesson,
      await folders.mistake(lesson, name),
    );
    const ok = verdict !== undefined && isExactly(verdict, promise);
    add({ what, expected, actual: code, ok, took, ...why(ok, detail) });
    const finding = verdict && findingOf(verdict);
    if (!ok || !finding) continue;
    told.add(finding.rule);
    for (const problem of wordProblems(finding))
      add({ what: `${what}, words`, expected: 'whole', actual: problem, ok: false });
    for (const language of LANGUAGES) {
      const text = goldenText(finding, language);
      if (update) golden[language].set(name, text);
      else if (golden[language].get(name) !== text)
        add({
          what: `${what}, golden text (${language})`,
          expected: 'as it was',
          actual: golden[language].has(name) ? 'changed' : 'none yet',
          ok: false,
          detail: text,
        });
    }
  }
  for (const language of LANGUAGES) {
    for (const name of golden[language].keys())
      if (!names.includes(name)) {
        if (update) golden[language].delete(name);
        else add({ what: `golden text ${name}`, expected: 'a mistake', actual: 'none', ok: false });
      }
    if (update && names.length > 0)
      await writeFile(goldenFile(lesson, language), goldenFileText(golden[language]));
  }
  if (wanted('held port')) for (const row of await heldPort(lesson, judge, folders)) add(row);
  return { rows, told };
}

async function passes(
  judge: Judge,
  lesson: Lesson,
  folder: string,
): Promise<Omit<Row, 'lesson' | 'what'>> {
  const { code, took, detail } = await judged(judge, lesson, folder);
  const ok = code === 'passed';
  return { expected: 'passed', actual: code, ok, took, ...why(ok, detail) };
}

function why(ok: boolean, detail: string | undefined): { detail?: string } {
  return ok || detail === undefined ? {} : { detail };
}

/** A port that somebody else holds gives one line that names the port and its holder. */
async function heldPort(
  lesson: Lesson,
  judge: Judge,
  folders: ProgramFolders,
): Promise<Omit<Row, 'lesson'>[]> {
  const service = lesson.services.at(-1);
  if (!service) return [];
  const server: Server = createServer().listen(service.port, '127.0.0.1');
  await once(server, 'listening');
  const what = `held port :${service.port}`;
  const expected = `one line with :${service.port} and pid ${process.pid}`;
  try {
    await judge(lesson, await folders.solution(lesson));
    return [{ what, expected, actual: 'a verdict', ok: false }];
  } catch (error) {
    const line = error instanceof LessonError ? error.message : '';
    const ok =
      line.includes(`:${service.port}`) && line.includes(`${process.pid}`) && !line.includes('\n');
    return [{ what, expected, actual: line || String(error), ok }];
  } finally {
    server.close();
  }
}

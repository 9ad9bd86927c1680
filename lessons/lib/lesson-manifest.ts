import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { ExpectedTrace } from './expected-trace.ts';
import type { Language } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';

/** A program that takes part in a lesson. */
export interface LessonService {
  /** What its lines are prefixed with. */
  readonly name: string;
  /** Source, from the root of the checkout. */
  readonly file: string;
  /** The name by which it is known in traces. */
  readonly serviceName: string;
  readonly port: number;
}

/** What a lesson's `lesson.yaml` and `expected.json` hold. */
export interface Lesson {
  /** `03-http`: also its folder's name. */
  readonly id: string;
  readonly number: number;
  readonly title: Readonly<Record<'en' | 'zh', string>>;
  /** The section of the blog post that it follows. */
  readonly seed: string;
  readonly minutes: number;
  readonly services: readonly [LessonService, ...LessonService[]];
  /** What the harness asks of the first service. */
  readonly request: string;
  readonly expected: ExpectedTrace;
}

/** The folder that holds the lessons. */
const LESSONS = new URL('../', import.meta.url);
/** The root of the checkout. */
export const CHECKOUT = fileURLToPath(new URL('..', LESSONS));

/** Reads lesson `number`. Throws a `LessonError` that names the lessons there are. */
export async function loadLesson(number: number): Promise<Lesson> {
  const folders = (await readdir(LESSONS)).filter((name) => /^\d\d-/.test(name)).sort();
  const folder = folders.find((name) => Number(name.slice(0, 2)) === number);
  if (folder === undefined) {
    const lessons = folders.map((name) => Number(name.slice(0, 2))).join(', ');
    throw new LessonError((say) => say('lesson.unknown', { number, lessons }));
  }
  const read = (file: string) => readFile(new URL(`${folder}/${file}`, LESSONS), 'utf8');
  const manifest: Omit<Lesson, 'expected'> = parse(await read('lesson.yaml'));
  return { ...manifest, expected: JSON.parse(await read('expected.json')) };
}

export function lessonTitle(lesson: Lesson, language: Language): string {
  return lesson.title[language === 'en' ? 'en' : 'zh'];
}

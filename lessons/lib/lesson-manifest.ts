import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ExpectedTrace } from '@spoor/analysis';
import { parse } from 'yaml';
import type { Language } from './i18n/messages.ts';
import type { RuleId } from './judge/rule-ids.ts';
import { LessonError } from './lesson-error.ts';

/** A program of a lesson. */
export interface LessonProgram {
  /** What its lines are prefixed with. */
  readonly name: string;
  /** Source, from the root of the checkout. */
  readonly file: string;
  /** The name by which it is known in traces. */
  readonly serviceName: string;
}

/** A program that runs until it is stopped, and answers on a port. */
export interface LessonService extends LessonProgram {
  readonly port: number;
  readonly protocol: 'HTTP' | 'gRPC';
}

/** A program that ends by itself. */
export interface LessonCommand extends LessonProgram {
  /** What it takes on its command line, if it takes anything: `name`. */
  readonly argument?: string;
}

/** One of the programs that a learner works on. */
export interface ExerciseFile {
  /** Its name in `start/` and in the learner's folder, which are flat. */
  readonly name: string;
  /** The finished one; path from the root of the checkout. */
  readonly solution: string;
}

/** A step of an exercise; each is judged by itself. */
export interface ExerciseStep {
  /** `3.1`. */
  readonly id: string;
  readonly title: Readonly<Record<'en' | 'zh', string>>;
}

/** What the learner does in a lesson. */
export interface Exercise {
  readonly files: readonly ExerciseFile[];
  /** The rule that `start/` breaks. */
  readonly starts: RuleId;
  readonly steps: readonly ExerciseStep[];
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
  /** In the order in which a request meets them. */
  readonly services: readonly LessonService[];
  /** What sets it going, once the services run: a request to the first of them, or a program. Lesson 0 runs nothing. */
  readonly trigger?: { readonly request: string } | { readonly program: LessonCommand };
  /** Its programs sleep, which the judge shortens. */
  readonly sleeps?: true;
  /** What to read besides the programs themselves; paths from the root of the checkout. */
  readonly read?: readonly string[];
  /** Absent while a lesson can only be looked at. */
  readonly exercise?: Exercise;
  readonly expected: ExpectedTrace;
}

/** The folder that holds the lessons. */
const LESSONS = new URL('../', import.meta.url);
/** The root of the checkout. */
export const CHECKOUT = fileURLToPath(new URL('..', LESSONS));

/** Reads lesson `number`. Throws a `LessonError` that names the lessons there are. */
export async function loadLesson(number: number): Promise<Lesson> {
  const folders = await lessonFolders();
  const folder = folders.find((name) => numberOf(name) === number);
  if (folder !== undefined) return readLesson(folder);
  const lessons = folders.map(numberOf).join(', ');
  throw new LessonError((say) => say('lesson.unknown', { number, lessons }));
}

/** All lessons that there are, in order. */
export async function loadLessons(): Promise<Lesson[]> {
  return Promise.all((await lessonFolders()).map(readLesson));
}

/** The lesson after this one that has an exercise, if there is one. */
export async function nextLesson({ number }: Lesson): Promise<number | undefined> {
  const lessons = await loadLessons();
  return lessons.find((other) => other.exercise && other.number > number)?.number;
}

/** The program that sets a lesson going, if it is no request. */
export function programOf({ trigger }: Lesson): LessonCommand | undefined {
  return trigger && 'program' in trigger ? trigger.program : undefined;
}

export function stepTitle({ title }: ExerciseStep, language: Language): string {
  return title[language === 'en' ? 'en' : 'zh'];
}

export function lessonTitle(lesson: Lesson, language: Language): string {
  return lesson.title[language === 'en' ? 'en' : 'zh'];
}

async function lessonFolders(): Promise<string[]> {
  return (await readdir(LESSONS)).filter((name) => /^\d\d-/.test(name)).sort();
}

function numberOf(folder: string): number {
  return Number(folder.slice(0, 2));
}

async function readLesson(folder: string): Promise<Lesson> {
  const read = (file: string) => readFile(new URL(`${folder}/${file}`, LESSONS), 'utf8');
  const manifest: Omit<Lesson, 'expected'> = parse(await read('lesson.yaml'));
  return { ...manifest, expected: JSON.parse(await read('expected.json')) };
}

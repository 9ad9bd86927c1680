import { readFile, rename } from 'node:fs/promises';
import { LANGUAGES, type Language } from '../i18n/messages.ts';
import { withFileLock } from './file-lock.ts';
import { writeAtomically } from './write-atomically.ts';

/** How far a learner came with a step of a lesson. */
export interface StepProgress {
  /** Milliseconds since 1970; absent while it is not passed. */
  readonly passedAt?: number;
  /** Judgements until it passed. */
  readonly attempts: number;
  readonly hintsUsed: number;
  /** Of the run that passed. */
  readonly traceId?: string;
}

export interface LessonProgress {
  /** By their ids: `3.1`. */
  readonly steps: Readonly<Record<string, StepProgress>>;
  /** When its last open step passed; milliseconds since 1970. */
  readonly passedAt?: number;
  /** How many of its hints were shown, for each rule; of lesson 0 for each question: `L0-ANSWER.root`. */
  readonly hints?: Readonly<Record<string, number>>;
  /** Of what is made for this learner alone: lesson 0's trace. */
  readonly seed?: number;
}

/** What `.progress.json` holds. */
export interface Progress {
  readonly version: 1;
  readonly language?: Language;
  /** By their numbers. */
  readonly lessons: Readonly<Record<string, LessonProgress>>;
}

export const NO_PROGRESS: Progress = { version: 1, lessons: {} };

/** A file that cannot be read as progress, and where it was put so that nothing in it is lost. */
export interface BrokenProgress {
  readonly file: string;
  readonly movedTo: string;
  readonly reason: string;
}

/**
 * Reads a learner's progress; none yet if there is no file. One that is broken (edited by hand, cut off by a full disk)
 * is moved aside and told to `onBroken`, and the learner goes on with none.
 */
export async function readProgress(
  file: string,
  onBroken: (broken: BrokenProgress) => void = () => {},
): Promise<Progress> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_PROGRESS;
    throw error;
  }
  try {
    return checked(JSON.parse(text));
  } catch (error) {
    const movedTo = `${file}.broken-${timeStamp(new Date())}`;
    try {
      await rename(file, movedTo);
    } catch (gone) {
      // Another reader has moved it, and told so.
      if ((gone as NodeJS.ErrnoException).code === 'ENOENT') return NO_PROGRESS;
      throw gone;
    }
    onBroken({ file, movedTo, reason: (error as Error).message });
    return NO_PROGRESS;
  }
}

/** A change takes a few milliseconds. */
const LOOK_EVERY_MS = 5;

/**
 * Reads, changes and writes a learner's progress. Gives what is in the file afterwards. The lessons page, `exercise` and
 * `hint` are programs of their own: of two changes at once, none may undo the other.
 */
export function changeProgress(
  file: string,
  change: (progress: Progress) => Progress,
  onBroken?: (broken: BrokenProgress) => void,
): Promise<Progress> {
  const changed = async () => {
    const before = await readProgress(file, onBroken);
    const after = change(before);
    if (after !== before) await writeAtomically(file, `${JSON.stringify(after, undefined, 2)}\n`);
    return after;
  };
  return withFileLock(`${file}.lock`, {}, changed, { lookEveryMs: LOOK_EVERY_MS });
}

export function lessonProgress({ lessons }: Progress, number: number): LessonProgress {
  return lessons[number] ?? { steps: {} };
}

export function withLesson(
  progress: Progress,
  number: number,
  change: (lesson: LessonProgress) => LessonProgress,
): Progress {
  const lesson = change(lessonProgress(progress, number));
  return { ...progress, lessons: { ...progress.lessons, [number]: lesson } };
}

/** `20261122-230501`, in local time: for names of files that people look at. */
export function timeStamp(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

/** Throws what is wrong with it in a few words. Only what is read anywhere is looked at. */
function checked(value: unknown): Progress {
  const progress = record(value, 'the file');
  if (progress['version'] !== 1) throw new TypeError(`version is ${progress['version']}, not 1`);
  const language = LANGUAGES.find((each) => each === progress['language']);
  const lessons = Object.entries(record(progress['lessons'], 'lessons')).map(([number, lesson]) => {
    const at = `lessons.${number}`;
    const known = record(lesson, at);
    const steps = Object.entries(record(known['steps'] ?? {}, `${at}.steps`)).map(
      ([id, step]) => [id, checkedStep(record(step, `${at}.steps.${id}`))] as const,
    );
    return [number, { ...known, steps: Object.fromEntries(steps) } as LessonProgress] as const;
  });
  return { version: 1, ...(language && { language }), lessons: Object.fromEntries(lessons) };
}

function checkedStep(step: Record<string, unknown>): StepProgress {
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  const { passedAt, traceId, attempts, hintsUsed } = step;
  return {
    ...(typeof passedAt === 'number' && { passedAt }),
    attempts: count(attempts),
    hintsUsed: count(hintsUsed),
    ...(typeof traceId === 'string' && { traceId }),
  };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new TypeError(`${what} is no object`);
}

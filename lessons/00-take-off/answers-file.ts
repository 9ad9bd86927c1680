import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LessonError } from '../lib/lesson-error.ts';
import { QUESTIONS, type Question } from './questions.ts';

/** A learner's `answers.json`: what they answered so far, and the seed of their trace. */
export interface AnswersFile {
  readonly seed: number;
  /** Empty where nothing was answered. */
  readonly answers: Readonly<Record<Question, string>>;
}

export const ANSWERS_FILE = 'answers.json';

/** Of a trace for somebody who has none of their own. */
const COMMON_SEED = 1;

/** Reads a learner's answers. Throws a `LessonError` that says what is wrong with the file. */
export async function readAnswers(folder: string): Promise<AnswersFile> {
  const file = join(folder, ANSWERS_FILE);
  const text = await readFile(file, 'utf8');
  try {
    return parsed(text);
  } catch (error) {
    const { message: reason } = error as Error;
    throw new LessonError((say) => say('takeOff.badFile', { file, reason }), { cause: error });
  }
}

function parsed(text: string): AnswersFile {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('expected an object');
  const { seed = COMMON_SEED, ...given } = value as Record<string, unknown>;
  if (typeof seed !== 'number' || !Number.isInteger(seed))
    throw new TypeError(`"seed" is no whole number: ${JSON.stringify(seed)}`);
  const answers = QUESTIONS.map((question) => {
    const answer = given[question] ?? '';
    if (typeof answer !== 'string' && typeof answer !== 'number')
      throw new TypeError(`"${question}" is neither text nor a number`);
    return [question, String(answer)];
  });
  return { seed, answers: Object.fromEntries(answers) };
}

export function answersText({ seed, answers }: AnswersFile): string {
  const inOrder = QUESTIONS.map((question) => [question, answers[question]]);
  return `${JSON.stringify({ seed, ...Object.fromEntries(inOrder) }, undefined, 2)}\n`;
}

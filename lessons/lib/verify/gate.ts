import type { Backend } from '../backend.ts';
import { checkLesson } from '../judge/check-lesson.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { codeOf } from './mistakes.ts';

/** One thing that the authors promise, and whether it holds. */
export interface Row {
  readonly lesson: string;
  /** `start`, `mistake no-inject`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  readonly ok: boolean;
  readonly took?: number;
  /** What helps to find out why, if it does not hold. */
  readonly detail?: string;
}

/** Runs the judge on a folder. */
export type Judge = (lesson: Lesson, folder: string) => Promise<Verdict>;

export function judgeWith(backend: Backend): Judge {
  return (lesson, folder) => checkLesson(lesson, { folder, backend });
}

/** What a verdict says, in short: `passed`, `passed, T-DOUBLE`, `L2-CTX`, `A-TAG.NEAR also A-LOG`. */
export function verdictCode({ passed, finding, also, warnings }: Verdict): string {
  const warned = warnings.map(({ rule }) => rule);
  if (passed || !finding) return ['passed', ...warned].join(', ');
  return also ? `${codeOf(finding)} also ${codeOf(also)}` : codeOf(finding);
}

export async function judged(
  judge: Judge,
  lesson: Lesson,
  folder: string,
): Promise<{ verdict?: Verdict; code: string; took: number; detail?: string }> {
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  try {
    const verdict = await judge(lesson, folder);
    const { finding, also, steps } = verdict;
    const detail = JSON.stringify({ finding, also, steps });
    return { verdict, code: verdictCode(verdict), took: took(), detail };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'no verdict', took: took(), detail: reason };
  }
}

import type { Language } from '../i18n/messages.ts';
import type { FindingWords } from '../judge/finding-words.ts';
import type { Finding, Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { HINTS_PER_RULE, hintsShown } from '../workshop/hints.ts';
import type { Progress } from '../workshop/progress-file.ts';

/** Puts a finding into words. */
export type SayFinding = (finding: Finding, language: Language) => FindingWords;

export interface FindingText extends Finding {
  readonly words: Omit<FindingWords, 'hints'>;
}

/** A verdict as the lessons page shows it: every finding with its words. */
export interface VerdictText extends Omit<Verdict, 'finding' | 'also' | 'warnings'> {
  readonly finding?: FindingText;
  readonly also?: FindingText;
  readonly warnings: readonly FindingText[];
  /** Those of `finding` that the learner has asked for. */
  readonly hints: readonly string[];
  readonly moreHints: boolean;
}

export function verdictText(
  { finding, also, warnings, ...verdict }: Verdict,
  lesson: Lesson,
  progress: Progress,
  language: Language,
  say: SayFinding,
): VerdictText {
  const text = (each: Finding): FindingText => {
    const { title, why } = say(each, language);
    return { ...each, words: { title, why } };
  };
  const shown = finding ? hintsShown(progress, lesson, finding) : 0;
  return {
    ...verdict,
    ...(finding && { finding: text(finding) }),
    ...(also && { also: text(also) }),
    warnings: warnings.map(text),
    hints: finding ? say(finding, language).hints.slice(0, shown) : [],
    moreHints: finding !== undefined && shown < HINTS_PER_RULE,
  };
}

import type { Language, Say } from '../i18n/messages.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { Paint } from '../terminal-text.ts';
import { findingWords } from './finding-words.ts';
import type { Verdict } from './verdict.ts';

export interface VerdictLook {
  readonly language: Language;
  readonly say: Say;
  readonly paint: Paint;
}

/**
 * A verdict as a terminal shows it, line by line. Each finding ends with the rule that it breaks, by which the lesson's
 * README lists what goes wrong.
 */
export function verdictLines(
  lesson: Lesson,
  verdict: Verdict,
  { language, say, paint }: VerdictLook,
): string[] {
  const { finding, also, warnings, steps, passed } = verdict;
  const number = lesson.number;
  const seconds = (verdict.took / 1000).toFixed(1);
  const lines: string[] = [];
  if (passed) {
    const all = steps.map(({ id }) => id).join(', ');
    lines.push(`${paint('green', '✓')} ${say('check.passed', { number, steps: all, seconds })}`);
  } else if (finding) {
    const step = steps.find((each) => !each.passed)?.id ?? verdict.step;
    const { title, why } = findingWords(finding, language);
    const where = say('check.failed', { number, step });
    lines.push(
      `${paint('red', '✗')} ${where} ${paint('bold', title)}  ${paint('dim', finding.rule)}`,
      `  ${why}`,
    );
    if (also) {
      const told = say('check.also', { title: findingWords(also, language).title });
      lines.push(`  ${told}  ${paint('dim', also.rule)}`);
    }
  }
  for (const warning of warnings) {
    const { title, why } = findingWords(warning, language);
    lines.push(`  ${say('check.warning', { title })} ${why}  ${paint('dim', warning.rule)}`);
  }
  const [traceId] = verdict.traceIds;
  if (traceId !== undefined)
    lines.push(`  ${say('check.trace', { url: `${verdict.queryUrl}/trace/${traceId}` })}`);
  // The learner will look for the seconds of which the lesson speaks.
  if (traceId !== undefined && lesson.sleeps) lines.push(`  ${paint('dim', say('check.pace'))}`);
  if (!passed) lines.push(`  ${paint('dim', say('check.hint', { number }))}`);
  return lines;
}

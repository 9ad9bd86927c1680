import { readFile } from 'node:fs/promises';
import { LANGUAGES, type Language } from '../i18n/messages.ts';
import { findingWords } from '../judge/finding-words.ts';
import { RULE_IDS, type RuleId } from '../judge/rule-ids.ts';
import type { Finding, Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { inLesson } from './program-folders.ts';

/** What a patch in `mistakes/` says of itself. */
export interface Promised {
  readonly rule: RuleId;
  readonly variant: string | undefined;
  readonly step: string | undefined;
  /** One more finding, `A-LOG.MISSING`, that the verdict must add. */
  readonly also: string | undefined;
  /** `Warnings: none`: nothing may be told by the way. */
  readonly isQuiet: boolean;
}

export async function promised(lesson: Lesson, name: string): Promise<Promised> {
  const patch = await readFile(inLesson(lesson, 'mistakes', `${name}.patch`), 'utf8');
  const header = (key: string) => new RegExp(`^${key}: *(\\S.*?) *$`, 'm').exec(patch)?.[1];
  const rule = header('Rule');
  if (!isRule(rule)) throw new Error(`${name}.patch: no rule is called ${rule}`);
  const isQuiet = header('Warnings') === 'none';
  return { rule, variant: header('Variant'), step: header('Step'), also: header('Also'), isQuiet };
}

function isRule(text: string | undefined): text is RuleId {
  return RULE_IDS.some((id) => id === text);
}

/** The finding that a mistake is told by: a warning where it keeps nobody from passing. */
export function findingOf({ finding, warnings, passed }: Verdict): Finding | undefined {
  return passed ? warnings[0] : finding;
}

/** Whether a verdict says exactly what a mistake promises, and nothing else. */
export function isExactly(
  verdict: Verdict,
  { rule, variant, step, also: wanted, isQuiet }: Promised,
): boolean {
  const { finding, also, warnings, passed, steps } = verdict;
  if (passed) return warnings.length === 1 && warnings[0]?.rule === rule;
  const failed = steps.find((each) => !each.passed)?.id;
  return (
    finding?.rule === rule &&
    (!isQuiet || warnings.length === 0) &&
    (also && codeOf(also)) === wanted &&
    (variant === undefined || finding.variant === variant) &&
    (step === undefined || step === failed)
  );
}

/** `A-TAG.NEAR`. */
export function codeOf({ rule, variant }: Finding): string {
  return variant === undefined ? rule : `${rule}.${variant}`;
}

/** What a learner reads of a finding, all of it. Ids are random. */
export function goldenText(finding: Finding, language: Language): string {
  const { title, why, hints } = findingWords(finding, language);
  const text = [title, why, ...hints.map((hint, at) => `${at + 1}. ${hint}`)].join('\n');
  return text.replace(/\b[0-9a-f]{16}\b/g, '<id>');
}

/** The golden texts of a lesson in one language, by mistake. */
export type Golden = ReadonlyMap<string, string>;

export function goldenFile(lesson: Lesson, language: Language): string {
  return inLesson(lesson, 'mistakes', `golden.${language}.txt`);
}

export async function readGolden(lesson: Lesson, language: Language): Promise<Golden> {
  const text = await readFile(goldenFile(lesson, language), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const parts = text.split(/^=== (\S+)\n/m).slice(1);
  const golden = new Map<string, string>();
  for (let i = 0; i + 1 < parts.length; i += 2)
    golden.set(parts[i] as string, (parts[i + 1] as string).trim());
  return golden;
}

export function goldenFileText(golden: Golden): string {
  return [...golden]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `=== ${name}\n${text}\n`)
    .join('\n');
}

/** What is wrong with the words themselves: a placeholder that nothing fills, or a hint that is missing. */
export function wordProblems(finding: Finding): string[] {
  return LANGUAGES.flatMap((language) => {
    const { title, why, hints } = findingWords(finding, language);
    const left = [title, why, ...hints].join(' ').match(/\{[a-z]+\}/g) ?? [];
    const empty = [title, why, ...hints].some((text) => text.trim() === '');
    return [
      ...left.map((name) => `${finding.rule} (${language}): ${name} is not filled in`),
      ...(empty ? [`${finding.rule} (${language}): a text is empty`] : []),
    ];
  });
}

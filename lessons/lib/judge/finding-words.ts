import type { Language } from '../i18n/messages.ts';
import type { RuleWords } from '../i18n/rule-words.ts';
import { rulesEn } from '../i18n/rules.en.ts';
import { rulesZhCN } from '../i18n/rules.zh-cn.ts';
import { printable } from '../terminal-text.ts';
import type { RuleId } from './rule-ids.ts';
import type { Finding, RuleParams } from './verdict.ts';

/** A finding in words, filled in. */
export interface FindingWords {
  readonly title: string;
  readonly why: string;
  /** In rising order: the concept, the place, almost the code. */
  readonly hints: readonly [string, string, string];
}

/** The words of every rule, with their placeholders. */
export const RULE_WORDS: Readonly<Record<Language, Readonly<Record<RuleId, RuleWords>>>> = {
  en: rulesEn,
  'zh-CN': rulesZhCN,
};

/** Says a finding in the learner's language. Values come from their programs, so whatever they hold is made printable. */
export function findingWords({ rule, variant, params }: Finding, language: Language): FindingWords {
  const words = RULE_WORDS[language][rule];
  const why = (variant && words[`why.${variant}`]) || words.why;
  const filled = { place: placeOf(params), ...params };
  const say = (text: string) => printable(filledIn(text, filled));
  const hint = (at: 1 | 2 | 3) =>
    say(words[`hint${at}.${params['question'] ?? variant}`] ?? words[`hint${at}`]);
  return {
    title: say((variant && words[`title.${variant}`]) || words.title),
    why: say(why),
    hints: [hint(1), hint(2), hint(3)],
  };
}

/** The file that an error names with its line, `… (inner.ts:12)`: the one that stopped may only have called it. */
function placeOf({ file = '', error = '' }: RuleParams): string | number {
  return /\(([^\s():]+):\d+\)$/.exec(String(error))?.[1] ?? file;
}

function filledIn(text: string, params: RuleParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

import type { RuleId } from '../judge/rule-ids.ts';

/**
 * What a rule says. `title` names the mistake in one line, `why` is the line of thought that mends it, and the hints
 * rise: the concept, the place, almost the code. `why.VARIANT` stands in for `why` where a finding has that variant.
 * `title.VARIANT` and `hintN.VARIANT` do the same, and `hintN.QUESTION` where a finding is about that question of lesson 0.
 * `{name}` is filled in from the finding's params.
 */
export type RuleWords = Readonly<
  Record<'title' | 'why' | 'hint1' | 'hint2' | 'hint3', string> &
    Partial<Record<`${'title' | 'why'}.${string}` | `hint${1 | 2 | 3}.${string}`, string>>
>;

/** The words of all rules in the first language, from which the others take their keys. */
export type AllRuleWords = Readonly<Record<RuleId, RuleWords>>;

/** The same rules with the same keys: a translation that lacks one, or has one too many, does not compile. */
export type Translated<Words extends AllRuleWords> = {
  readonly [Id in keyof Words]: { readonly [Key in keyof Words[Id]]: string };
};

import type { ShapeFinding } from '@spoor/analysis';
import type { FindingText, RuleTemplates } from './lessons-client.ts';

/** Says what a rule found on the page in the words that the server gave. Without words the rule's id has to do. */
export function inWords(finding: ShapeFinding, templates: RuleTemplates): FindingText {
  const { rule, variant, params, ...where } = finding;
  const words = templates[rule] ?? {};
  const fill = (template = '') =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  const why = (variant && words[`why.${variant}`]) || words['why'];
  return { rule, ...where, words: { title: fill(words['title'] ?? rule), why: fill(why) } };
}

import { describe, expect, test } from 'vitest';
import { RULE_IDS } from '../judge/rule-ids.ts';
import type { AllRuleWords, Translated } from './rule-words.ts';
import { rulesEn } from './rules.en.ts';
import { rulesZhCN } from './rules.zh-cn.ts';

const english: AllRuleWords = rulesEn;
const chinese: AllRuleWords = rulesZhCN;

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

/** What findings fill in: `Finding.params`, and the file of the line that an error names. */
const PARAMS =
  'span expected actual parent service key port count arrived finished error file place method builder code which'.split(
    ' ',
  );

/** Half-width punctuation beside a Chinese character, or Latin and Chinese without a space between them. */
const BADLY_SET =
  /[\u4e00-\u9fff][,;:?!.()]|[,;:?!()][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z0-9`{]|[A-Za-z0-9`}][\u4e00-\u9fff]/;

test('the rules with words are the rules that there are, in their order', () => {
  expect(Object.keys(english)).toEqual([...RULE_IDS]);
  expect(Object.keys(chinese)).toEqual([...RULE_IDS]);
});

describe.each(RULE_IDS)('%s', (id) => {
  const texts = Object.entries(english[id]) as ['why', string][];

  test('fills in the same in both languages, and nothing that findings do not have', () => {
    for (const [key, text] of texts) {
      expect(placeholders(chinese[id][key]), key).toEqual(placeholders(text));
      expect(PARAMS, key).toEqual(
        expect.arrayContaining(placeholders(text).map((name) => name.slice(1, -1))),
      );
    }
  });

  test('says each thing in one line, the Chinese one set as Chinese is', () => {
    for (const [key, text] of texts) {
      expect(text, key).toMatch(/^\S.*\S$/);
      expect(chinese[id][key], key).toMatch(/^\S.*\S$/);
      expect(chinese[id][key].replace(/`[^`]*`/g, '`'), key).not.toMatch(BADLY_SET);
    }
  });
});

test.each(['服务a', 'a服务', '`a`服务', '服务,', '(服务', '服务{key}'])(
  '%s is badly set',
  (text) => {
    expect(text).toMatch(BADLY_SET);
  },
);

test('a translation that lacks a variant, or a rule, does not compile', () => {
  type Words = Translated<typeof rulesEn>;
  const rule = (words: Words['R-WRONGPORT']) => Object.keys(words);
  const { 'why.ENCODING': _variant, ...incomplete } = rulesZhCN['R-WRONGPORT'];
  // @ts-expect-error
  expect(rule(incomplete)).not.toContain('why.ENCODING');
  const { 'X-ERROR': _rule, ...fewer } = rulesZhCN;
  // @ts-expect-error
  const words: Words = fewer;
  expect(words).not.toHaveProperty('X-ERROR');
});

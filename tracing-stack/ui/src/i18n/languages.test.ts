import { describe, expect, test } from 'vitest';
import { learnEn } from '../learn/i18n/learn-en.ts';
import { learnZhCn } from '../learn/i18n/learn-zh-cn.ts';
import { traceEn } from '../trace/i18n/trace-en.ts';
import { traceZhCn } from '../trace/i18n/trace-zh-cn.ts';
import { en } from './en.ts';
import { languageOf } from './languages.ts';
import { zhCn } from './zh-cn.ts';

test.each([
  [[], 'en'],
  [['zh'], 'zh-CN'],
  [['zh-Hans-CN'], 'zh-CN'],
  [['zh_CN'], 'zh-CN'],
  [['ZH-TW', 'en'], 'zh-CN'],
  [['fr-CH', 'zh-CN', 'en'], 'zh-CN'],
  [['fr', 'de'], 'en'],
  [[null, null, 'zh-CN'], 'zh-CN'],
  [['en-GB', 'zh-CN'], 'en'],
  [['', 'x', 'zhuang', 'zh'], 'zh-CN'],
] as const)('of the wishes %j it is %s', (wishes, language) => {
  expect(languageOf(wishes)).toBe(language);
});

/** Every text by its path; a text with gaps is filled with 1234, so that the number's form shows. */
function texts(catalogue: object, path = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'object') return texts(value, `${path}${key}.`);
    if (typeof value === 'function') return [[path + key, String(value(1234, 5678))]];
    return [[path + key, String(value)]];
  });
}

describe.each([
  ['every page', en, zhCn],
  ['the trace page', traceEn, traceZhCn],
  ['the lessons', learnEn, learnZhCn],
])('Chinese says all that English says on %s', (_pages, english, chinese) => {
  /** Names and notations, which are the same in both. */
  const SAME = /^(locale|number|search\.tagsExample|trace\.(loadingTitle|json|pageTitle))$/;
  const idLabels = /^(shell\.traceId|span\.id)$/;
  const words = (catalogue: object) => texts(catalogue).filter(([path]) => !SAME.test(path));

  test('in the same keys, in the same order', () => {
    expect(texts(chinese).map(([path]) => path)).toEqual(texts(english).map(([path]) => path));
  });

  test('in Chinese words, with Chinese punctuation', () => {
    const wrong = words(chinese).filter(
      ([path, text]) =>
        (!idLabels.test(path) && !/\p{Script=Han}/u.test(text)) ||
        /\p{Script=Han}\s?[,.;:!?]|[,;:!?]\s?\p{Script=Han}/u.test(text),
    );
    expect(wrong).toEqual([]);
  });
});

test('numbers are written as the language writes them', () => {
  expect([en.spans(1), en.spans(50_000)]).toEqual(['1 span', '50,000 spans']);
  expect([zhCn.spans(1), zhCn.spans(50_000)]).toEqual(['1 个 span', '50,000 个 span']);
});

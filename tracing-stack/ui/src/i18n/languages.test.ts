import { describe, expect, test } from 'vitest';
import { compareEn } from '../compare/i18n/compare-en.ts';
import { compareZhCn } from '../compare/i18n/compare-zh-cn.ts';
import { graphEn } from '../graph/i18n/graph-en.ts';
import { graphZhCn } from '../graph/i18n/graph-zh-cn.ts';
import { learnEn } from '../learn/i18n/learn-en.ts';
import { learnZhCn } from '../learn/i18n/learn-zh-cn.ts';
import { monitorEn } from '../monitor/i18n/monitor-en.ts';
import { monitorZhCn } from '../monitor/i18n/monitor-zh-cn.ts';
import { toolsEn } from '../search/tools/i18n/tools-en.ts';
import { toolsZhCn } from '../search/tools/i18n/tools-zh-cn.ts';
import { keysEn } from '../shell/i18n/keys-en.ts';
import { keysZhCn } from '../shell/i18n/keys-zh-cn.ts';
import { breaksEn } from '../trace/breaks/i18n/breaks-en.ts';
import { breaksZhCn } from '../trace/breaks/i18n/breaks-zh-cn.ts';
import { traceGraphEn } from '../trace/graph/i18n/trace-graph-en.ts';
import { traceGraphZhCn } from '../trace/graph/i18n/trace-graph-zh-cn.ts';
import { traceEn } from '../trace/i18n/trace-en.ts';
import { traceZhCn } from '../trace/i18n/trace-zh-cn.ts';
import { viewsEn } from '../trace/views/i18n/views-en.ts';
import { viewsZhCn } from '../trace/views/i18n/views-zh-cn.ts';
import { wireEn } from '../trace/wire/i18n/wire-en.ts';
import { wireZhCn } from '../trace/wire/i18n/wire-zh-cn.ts';
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
  ['the comparison of traces', compareEn, compareZhCn],
  ['the service graph', graphEn, graphZhCn],
  ['the list of keys', keysEn, keysZhCn],
  ['the views of a trace', viewsEn, viewsZhCn],
  ['the break finder', breaksEn, breaksZhCn],
  ['the tools of the search page', toolsEn, toolsZhCn],
  ['the graph of a trace', traceGraphEn, traceGraphZhCn],
  ['the monitor', monitorEn, monitorZhCn],
  ['the wire view', wireEn, wireZhCn],
  ['the lessons', learnEn, learnZhCn],
])('Chinese says all that English says on %s', (_pages, english, chinese) => {
  /** Names and notations, which are the same in both. */
  const SAME =
    /^(locale|number|percent|signedPercent|search\.tagsExample|trace\.(loadingTitle|views\.json|pageTitle))$/;
  const idLabels = /^(shell\.traceId|span\.id|spanId)$/;
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

import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { chooseLanguage, type MessageKey, speaker } from './messages.ts';
import { zhCN } from './zh-cn.ts';

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('the Chinese texts', () => {
  test.each(Object.keys(en) as MessageKey[])('%s fills in what the English one does', (key) => {
    expect(placeholders(zhCN[key])).toEqual(placeholders(en[key]));
  });

  test('are the same messages, none left over', () => {
    expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort());
  });
});

test.each([
  ['en', 'finding.spanMissing', 'span a of service b did not arrive'],
  ['zh-CN', 'finding.spanMissing', '服务 b 的 span a 没有到达'],
] as const)('a message in %s has its values in place', (language, key, text) => {
  expect(speaker(language)(key, { span: 'a', service: 'b' })).toBe(text);
});

test('a value that looks like a placeholder is left as it is', () => {
  expect(speaker('en')('finding.spanMissing', { span: '{service}', service: '$&' })).toBe(
    'span {service} of service $& did not arrive',
  );
});

test.each([
  ['en', undefined, {}],
  ['en', undefined, { LANG: 'C.UTF-8' }],
  ['zh-CN', undefined, { LANG: 'zh_CN.UTF-8' }],
  ['zh-CN', undefined, { LANG: 'zh' }],
  ['en', undefined, { LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }],
  ['zh-CN', undefined, { LANG: 'zh_CN.UTF-8', LC_ALL: '' }],
  ['zh-CN', 'zh-CN', { LANG: 'en_GB' }],
  ['en', 'en', { LANG: 'zh_TW' }],
])('%s for --lang %s with %o', (language, flag, env) => {
  expect(chooseLanguage(flag, env)).toBe(language);
});

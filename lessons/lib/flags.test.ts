import { afterEach, describe, expect, test, vi } from 'vitest';
import { askedLanguage, languageFlag, parseLessonFlags } from './flags.ts';
import { loadLesson } from './lesson-manifest.ts';

afterEach(() => vi.restoreAllMocks());

const greeter = await loadLesson(4);
const http = await loadLesson(3);

test.each([
  [[], { args: [], once: false, query: undefined }],
  [['Ada'], { args: ['Ada'], once: false, query: undefined }],
  [['--lang', 'zh'], { args: [], once: false, query: undefined }],
  [['--once=true'], { args: [], once: true, query: undefined }],
  [['--once=false'], { args: [], once: false, query: undefined }],
  [['--once', '007'], { args: ['007'], once: true, query: undefined }],
  [[''], { args: [''], once: false, query: undefined }],
  [['--query', 'http://a', 'Ada Bob'], { args: ['Ada Bob'], once: false, query: 'http://a' }],
])('%j for lesson 4', (argv, flags) => {
  expect(parseLessonFlags(argv, greeter, 'en')).toEqual(flags);
});

describe('a command line that cannot be read', () => {
  test.each([
    [http, ['Ada'], 'en', '✗ one argument too many: "Ada"; --help lists the flags\n'],
    [greeter, ['Ada', 'Bob'], 'en', '✗ one argument too many: "Bob"; --help lists the flags\n'],
    [greeter, ['--onec'], 'en', '✗ Unknown argument: onec; --help lists the flags\n'],
    [greeter, ['--log-level=x'], 'en', '✗ Unknown argument: log-level; --help lists the flags\n'],
    [http, ['--lang=fr'], 'en', '✗ --lang must be en or zh-CN, not "fr"; --help lists the flags\n'],
    [
      http,
      ['--once=maybe'],
      'en',
      '✗ --once takes no value, so not "maybe"; --help lists the flags\n',
    ],
    [greeter, ['--onec'], 'zh-CN', '✗ 无法识别的选项：onec；参数见 --help\n'],
  ] as const)('%#: is told in one line', (lesson, argv, language, line) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    expect(() => parseLessonFlags(argv, lesson, language)).toThrow('exit 1');
    expect(write.mock.calls[0]?.[0]).toBe(line);
  });
});

test.each([
  [['--lang', 'zh-CN'], 'zh-CN'],
  [['Ada', '--lang=en'], 'en'],
  [['--once'], undefined],
])('%j asks for the language %s', (argv, language) => {
  expect(askedLanguage(argv)).toBe(language);
});

test('npm start takes the languages that there are, and no other', () => {
  const { parse } = languageFlag('');
  expect(['', 'en', 'zh-CN', 'zh'].map(parse)).toEqual(['', 'en', 'zh-CN', 'zh-CN']);
  expect(() => parse('fr')).toThrow('expected en or zh-CN, got "fr"');
});

import type { Flag } from '@spoor/platform';
import yargs from 'yargs';
import { LANGUAGES, type Language, speaker } from './i18n/messages.ts';
import { type Lesson, programOf } from './lesson-manifest.ts';

export interface LessonFlags {
  /** For the program of the lesson. */
  readonly args: readonly string[];
  readonly once: boolean;
  readonly query: string | undefined;
}

/** `--lang` of `npm start`. LANG is the locale's, in which a language is written otherwise. */
export function languageFlag(help: string): Flag<string> {
  return {
    help,
    default: '',
    env: 'SPOOR_LANG',
    parse(text) {
      if (text !== '' && !isLanguage(text))
        throw new RangeError(`expected ${LANGUAGES.join(' or ')}, got "${text}"`);
      return text;
    },
  };
}

function isLanguage(text: string): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language that a command line asks for: its help, and what is wrong with it, are told in that already. */
export function askedLanguage(argv: readonly string[]): string | undefined {
  return argv.find((_, at) => argv[at - 1] === '--lang') ?? afterPrefix(argv, '--lang=');
}

/** Reads the command line of `npm run lesson:N`. `--help` and what it cannot read end the process, with exit code 0 or 1. */
export function parseLessonFlags(
  argv: readonly string[],
  lesson: Lesson,
  language: Language,
): LessonFlags {
  const say = speaker(language);
  const argument = programOf(lesson)?.argument;
  const usage = [
    '$0',
    ...(argument ? [`[${argument}]`] : []),
    '[--once] [--query URL] [--lang en|zh-CN]',
  ];
  function refuse(problem: string): never {
    process.stderr.write(`✗ ${say('flags.refused', { problem })}\n`);
    process.exit(1);
  }
  const parsed = yargs([...argv])
    .scriptName(`npm run lesson:${lesson.number} --`)
    .usage(`${usage.join(' ')}\n\n${say('help.lesson')}`)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
    })
    .options({
      once: { type: 'boolean', default: false, describe: say('help.once') },
      query: { type: 'string', requiresArg: true, describe: say('help.query') },
      lang: { type: 'string', requiresArg: true, describe: say('help.lang') },
    })
    .epilogue(say('help.environment'))
    .strictOptions()
    .version(false)
    .locale(language === 'en' ? 'en' : 'zh_CN')
    .fail((message, error) => refuse((message ?? error.message).replace(/\s+/g, ' ')))
    .parseSync();
  if (parsed.lang !== undefined && !isLanguage(parsed.lang))
    refuse(say('flags.badLanguage', { value: parsed.lang }));
  const args = parsed._.map(String);
  const extra = args[argument ? 1 : 0];
  if (extra !== undefined) refuse(say('flags.extra', { value: extra }));
  return { args, once: parsed.once, query: parsed.query };
}

function afterPrefix(argv: readonly string[], prefix: string): string | undefined {
  return argv.find((each) => each.startsWith(prefix))?.slice(prefix.length);
}

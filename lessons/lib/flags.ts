import type { Flag } from '@spoor/platform';
import { parseCommandLine } from './command-line.ts';
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
      if (text === 'zh') return 'zh-CN';
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
  const { args, once, query } = parseCommandLine(
    argv,
    {
      script: `lesson:${lesson.number}`,
      usage: `${argument ? `[${argument}] ` : ''}[--once] [--query URL]`,
      summary: say('help.lesson'),
      flags: {
        once: { type: 'boolean', default: false, describe: say('help.once') },
        query: { type: 'string', requiresArg: true, describe: say('help.query') },
      },
      epilogue: say('help.environment'),
      maxArguments: argument ? 1 : 0,
    },
    language,
  );
  return { args, once, query };
}

function afterPrefix(argv: readonly string[], prefix: string): string | undefined {
  return argv.find((each) => each.startsWith(prefix))?.slice(prefix.length);
}

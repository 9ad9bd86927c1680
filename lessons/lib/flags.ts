import yargs from 'yargs';
import { type Language, speaker } from './i18n/messages.ts';
import { type Lesson, programOf } from './lesson-manifest.ts';

export interface LessonFlags {
  /** For the program of the lesson. */
  readonly args: readonly string[];
  readonly once: boolean;
  readonly query: string | undefined;
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
  const parsed = yargs([...argv])
    .scriptName(`npm run lesson:${lesson.number} --`)
    .usage(`${usage.join(' ')}\n\n${say('help.lesson')}`)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .options({
      once: { type: 'boolean', default: false, describe: say('help.once') },
      query: { type: 'string', requiresArg: true, describe: say('help.query') },
      lang: { type: 'string', choices: ['en', 'zh-CN'], describe: say('help.lang') },
    })
    .epilogue(say('help.environment'))
    .demandCommand(0, argument ? 1 : 0)
    .strictOptions()
    .version(false)
    .locale(language === 'en' ? 'en' : 'zh_CN')
    .fail((message, error) => {
      process.stderr.write(`✗ ${(message ?? error.message).replace(/\s+/g, ' ')}\n`);
      process.exit(1);
    })
    .parseSync();
  return { args: parsed._.map(String), once: parsed.once, query: parsed.query };
}

function afterPrefix(argv: readonly string[], prefix: string): string | undefined {
  return argv.find((each) => each.startsWith(prefix))?.slice(prefix.length);
}

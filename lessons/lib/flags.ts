import yargs from 'yargs';
import { chooseLanguage, speaker } from './i18n/messages.ts';

export interface LessonFlags {
  readonly lesson: number;
  readonly once: boolean;
  readonly query: string | undefined;
  readonly lang: string | undefined;
}

/** Reads the command line of `npm run lesson:N`. `--help` and what it cannot read end the process, with exit code 0 or 1. */
export function parseLessonFlags(argv: readonly string[], env: NodeJS.ProcessEnv): LessonFlags {
  // The help is in the language that the command line itself asks for.
  const asked = argv.find((_, at) => argv[at - 1] === '--lang');
  const say = speaker(chooseLanguage(asked, env));
  const parsed = yargs([...argv])
    .scriptName('npm run lesson:3 --')
    .usage(`$0 [--once] [--query URL] [--lang en|zh-CN]\n\n${say('help.lesson')}`)
    .parserConfiguration({ 'dot-notation': false, 'parse-numbers': false })
    .options({
      once: { type: 'boolean', default: false, describe: say('help.once') },
      query: { type: 'string', requiresArg: true, describe: say('help.query') },
      lang: { type: 'string', choices: ['en', 'zh-CN'], describe: say('help.lang') },
    })
    .epilogue(say('help.environment'))
    .demandCommand(1, 1)
    .strictOptions()
    .version(false)
    .locale(chooseLanguage(asked, env) === 'en' ? 'en' : 'zh_CN')
    .fail((message, error) => {
      process.stderr.write(`✗ ${(message ?? error.message).replace(/\s+/g, ' ')}\n`);
      process.exit(1);
    })
    .parseSync();
  return {
    lesson: Number(parsed._[0]),
    once: parsed.once,
    query: parsed.query,
    lang: parsed.lang,
  };
}

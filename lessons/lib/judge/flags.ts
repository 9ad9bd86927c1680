import yargs from 'yargs';
import { LANGUAGES, type Language, speaker } from '../i18n/messages.ts';

export interface CheckFlags {
  readonly json: boolean;
  /** URL of a query service. */
  readonly target: string | undefined;
  /** The folder of the programs, or of all lessons' folders. */
  readonly dir: string | undefined;
  readonly step: string | undefined;
}

/** Reads the command line of `npm run check:N`. `--help` and what it cannot read end the process. */
export function parseCheckFlags(
  argv: readonly string[],
  script: string,
  language: Language,
): CheckFlags {
  const say = speaker(language);
  function refuse(problem: string): never {
    process.stderr.write(`✗ ${say('flags.refused', { problem })}\n`);
    process.exit(1);
  }
  const parsed = yargs([...argv])
    .scriptName(`npm run ${script} --`)
    .usage(
      `$0 [--step STEP] [--target URL] [--dir FOLDER] [--json] [--lang en|zh-CN]\n\n${say('help.check')}`,
    )
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
    })
    .options({
      json: { type: 'boolean', default: false, describe: say('help.json') },
      target: { type: 'string', requiresArg: true, describe: say('help.target') },
      dir: { type: 'string', requiresArg: true, describe: say('help.dir') },
      step: { type: 'string', requiresArg: true, describe: say('help.step') },
      lang: { type: 'string', requiresArg: true, describe: say('help.lang') },
    })
    .epilogue(say('help.environment'))
    .strictOptions()
    .version(false)
    .locale(language === 'en' ? 'en' : 'zh_CN')
    .fail((message, error) => refuse((message ?? error.message).replace(/\s+/g, ' ')))
    .parseSync();
  const { json, target, dir, step, lang } = parsed;
  if (lang !== undefined && !LANGUAGES.some((each) => each === lang))
    refuse(say('flags.badLanguage', { value: lang }));
  const [extra] = parsed._.map(String);
  if (extra !== undefined) refuse(say('flags.extra', { value: extra }));
  return { json, target, dir, step };
}

import yargs, { type InferredOptionTypes, type Options } from 'yargs';
import { LANGUAGES, type Language, speaker } from './i18n/messages.ts';

export interface CommandLine<Flags extends Record<string, Options>> {
  /** `exercise:3` */
  readonly script: string;
  /** Its flags, and its argument if it takes one. */
  readonly usage: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  readonly flags: Flags;
  readonly epilogue?: string;
  /** How many arguments it takes besides its flags; none if not given. */
  readonly maxArguments?: number;
}

export type ParsedCommandLine<Flags extends Record<string, Options>> =
  InferredOptionTypes<Flags> & {
    readonly lang: string | undefined;
    readonly args: readonly string[];
  };

/** Reads a command line. `--help` and what it cannot read end the process, with exit code 0 or 1. */
export function parseCommandLine<const Flags extends Record<string, Options>>(
  argv: readonly string[],
  { script, usage, summary, flags, epilogue = '', maxArguments = 0 }: CommandLine<Flags>,
  language: Language,
): ParsedCommandLine<Flags> {
  const say = speaker(language);
  function refuse(problem: string): never {
    process.stderr.write(`✗ ${say('flags.refused', { problem })}\n`);
    process.exit(1);
  }
  for (const [name, { type }] of Object.entries(flags)) {
    const value = type === 'boolean' ? valueGiven(argv, name) : undefined;
    if (value !== undefined && !/^(true|false)$/.test(value))
      refuse(say('flags.noValue', { flag: `--${name}`, value }));
  }
  const parsed = yargs([...argv])
    .scriptName(`npm run ${script} --`)
    .usage(`$0 ${usage} [--lang en|zh-CN]\n\n${summary}`)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
    })
    .options(flags)
    .options({ lang: { type: 'string', requiresArg: true, describe: say('help.lang') } })
    .epilogue(epilogue)
    .strictOptions()
    .version(false)
    .alias('help', 'h')
    .locale(language === 'en' ? 'en' : 'zh_CN')
    .fail((message, error) => refuse((message ?? error.message).replace(/\s+/g, ' ')))
    .parseSync();
  const { lang } = parsed;
  // Whoever asks for `zh` has been answered in it already.
  if (lang !== undefined && lang !== 'zh' && !LANGUAGES.some((each) => each === lang))
    refuse(say('flags.badLanguage', { value: lang }));
  const args = parsed._.map(String);
  const extra = args[maxArguments];
  if (extra !== undefined) refuse(say('flags.extra', { value: extra }));
  return { ...parsed, args } as unknown as ParsedCommandLine<Flags>;
}

/** What stands behind `--name=`, which yargs would take for true, whatever it is. */
function valueGiven(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return argv.find((each) => each.startsWith(prefix))?.slice(prefix.length);
}

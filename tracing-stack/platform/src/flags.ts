import yargs from 'yargs';
import { readConfigFile } from './config-file.ts';
import { type Flag, textFlag } from './flag-kinds.ts';
import { IS_BUNDLED } from './program-files.ts';
import { UserError } from './user-error.ts';
import { VERSION } from './version.ts';

type Flags = Readonly<Record<string, Flag<unknown>>>;

/** Each flag's name with its value. */
export type FlagValues<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends Flag<infer T> ? T : never;
};

export interface ParseFlagsOptions<F extends Flags> {
  /** Opens every error: `[collector] …`. */
  readonly component: string;
  /** What the program is, for `--help`. */
  readonly summary: string;
  readonly flags: F;
  /** Without the program; the process's own unless given. */
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly version?: string;
  /** What the command line holds beside flags, each by a name for `--help`; all of them must be there. */
  readonly operands?: readonly string[];
}

/** What a program was called with. */
export interface CommandLine<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly operands: readonly string[];
}

/** Thrown when the command line asked for text (`--help`, `version`) and not for a run. */
export class TextRequested extends Error {
  readonly text: string;

  constructor(text: string) {
    super('text requested');
    this.name = 'TextRequested';
    this.text = text;
  }
}

const CONFIG_FILE = 'config-file';

/**
 * Reads a component's settings: flag, else environment (`query.base-path` is `QUERY_BASE_PATH`), else the file that
 * `--config-file` names, else default: the order of Jaeger's binaries. Names are Jaeger's. An empty environment
 * variable counts as absent, and a file's settings that this component does not have are passed over, so that one
 * file can serve all. Throws `UserError` with one line, or `TextRequested`.
 */
export async function parseFlags<F extends Flags>(
  options: ParseFlagsOptions<F>,
): Promise<FlagValues<F>> {
  return (await parseCommand(options)).flags;
}

/** As `parseFlags`, of a program whose command line says more than flags. */
export async function parseCommand<F extends Flags>(
  options: ParseFlagsOptions<F>,
): Promise<CommandLine<F>> {
  const { component, env = process.env } = options;
  const flags: Flags = {
    ...options.flags,
    [CONFIG_FILE]: textFlag('', 'YAML or JSON file with settings by the names of these flags'),
  };
  const { given, operands } = await parseCommandLine(options, flags);

  function fromFlagOrEnv(name: string): Setting | undefined {
    const text = given.get(name);
    if (text !== undefined) return { text, source: `--${name}` };
    const variable = environmentName(name, flags[name]);
    const value = env[variable];
    return value ? { text: value, source: variable } : undefined;
  }

  const path = fromFlagOrEnv(CONFIG_FILE)?.text;
  const file = path ? await readConfigFile(component, path) : new Map<string, string>();

  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(options.flags)) {
    const fromFile = file.get(name);
    const setting =
      fromFlagOrEnv(name) ??
      (fromFile === undefined ? undefined : { text: fromFile, source: `${name} in ${path}` });
    values[name] =
      setting === undefined && 'absent' in flag
        ? flag.absent
        : parseSetting(
            component,
            flag,
            setting ?? { text: flag.default, source: `default of --${name}` },
          );
  }
  return { flags: values as FlagValues<F>, operands };
}

interface Setting {
  readonly text: string;
  /** Where it was written, for the error. */
  readonly source: string;
}

function parseSetting(component: string, flag: Flag<unknown>, { text, source }: Setting): unknown {
  try {
    return flag.parse(text);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new UserError('bad-flag', `[${component}] ${source}: ${reason}`, { cause });
  }
}

/** `query.base-path` is `QUERY_BASE_PATH`, as in Jaeger. */
function environmentName(name: string, flag: Flag<unknown> | undefined): string {
  return flag?.env ?? name.toUpperCase().replace(/[.-]/g, '_');
}

/** Only what was written on the command line: the flags' texts by name, and the operands. */
async function parseCommandLine(
  options: ParseFlagsOptions<Flags>,
  flags: Flags,
): Promise<{ given: Map<string, string>; operands: readonly string[] }> {
  const { component, summary, argv = process.argv.slice(2), version = VERSION } = options;
  const { operands: expected = [] } = options;
  let failure: string | undefined;
  const program = IS_BUNDLED ? `jaeger-${component}` : `npm run ${component} --`;
  const parser = yargs([])
    .scriptName(`jaeger-${component}`)
    .usage(`${summary}\n\nUsage: ${[program, ...expected].join(' ')} [flags]`)
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'short-option-groups': false,
    })
    .options(
      Object.fromEntries(
        Object.entries(flags).map(([name, flag]) => [
          name,
          {
            type: 'string' as const,
            requiresArg: flag.isSwitch !== true,
            describe: `${flag.help} [${environmentName(name, flag)}]`,
            defaultDescription: flag.default === '' ? 'none' : flag.default,
          },
        ]),
      ),
    )
    .epilogue(
      'Each flag can also be set in the environment, under the name in brackets, or in the file of --config-file.\n' +
        'What is set twice counts in the order: flag, environment, file, default.',
    )
    .command('version', 'Print the version', {}, () => undefined)
    .strict(expected.length === 0)
    .strictOptions()
    .locale('en')
    .version(false)
    .help('help', 'Print this page')
    .alias('help', 'h')
    .wrap(120)
    .exitProcess(false)
    .fail((message, error) => {
      failure ??= message ?? error?.message;
    });

  let printed = '';
  const parsed = await parser.parse([...argv], {}, (_error, _argv, output) => {
    printed = output;
  });
  if (failure !== undefined) {
    const [line] = failure.split('\n');
    throw new UserError('bad-flag', `[${component}] ${line}; --help lists the flags`);
  }
  if (printed !== '') throw new TextRequested(printed);
  if (parsed._[0] === 'version') throw new TextRequested(`spoor ${component} ${version}`);
  const operands = parsed._.map(String);
  if (operands.length !== expected.length) {
    const text = `expected ${expected.join(' ')}, got ${operands.join(' ') || 'nothing'}`;
    throw new UserError('bad-flag', `[${component}] ${text}; --help says more`);
  }
  const given = new Map(
    Object.keys(flags).flatMap((name) => {
      const texts = [parsed[name]].flat().filter((text) => typeof text === 'string');
      if (flags[name]?.isSwitch && texts.at(-1) === '') texts.push('true');
      const text = flags[name]?.repeatable ? texts.join('\n') : texts.at(-1);
      return text === undefined || texts.length === 0 ? [] : [[name, text] as const];
    }),
  );
  return { given, operands };
}

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { TextRequested } from './flags.ts';
import { endWith } from './run-main.ts';
import { UserError } from './user-error.ts';

/** What `--help` says of a script. */
export interface ScriptUsage {
  /** As in `npm run NAME`. */
  readonly script: string;
  /** `[--minutes 10] [--seed N]` */
  readonly takes: string;
  readonly summary: string;
}

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** Reads the command line of a script of this checkout. `--help` and what it cannot read end the process, with 0 or 1. */
export function scriptArgs<const T extends ParseArgsConfig>(usage: ScriptUsage, config: T) {
  try {
    return readScriptArgs(usage, config);
  } catch (error) {
    endWith(usage.script, error);
    throw error;
  }
}

/** Throws `TextRequested` or `UserError`. */
export function readScriptArgs<const T extends ParseArgsConfig>(
  { script, takes, summary }: ScriptUsage,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const line = `npm run ${script} -- ${takes}`;
  const parsed = parse(script, line, config);
  if (parsed.values.help === true) throw new TextRequested(`${line}\n\n${summary}`);
  return parsed as ReturnType<typeof parseArgs<T>>;
}

function parse(script: string, line: string, config: ParseArgsConfig) {
  try {
    return parseArgs({ ...config, options: { ...config.options, ...HELP } });
  } catch (cause) {
    const [reason] = (cause as Error).message.split('. ');
    throw new UserError('bad-flag', `[${script}] ${reason}: ${line}`, { cause });
  }
}

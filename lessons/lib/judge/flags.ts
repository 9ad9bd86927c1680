import { parseCommandLine } from '../command-line.ts';
import { type Language, speaker } from '../i18n/messages.ts';

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
  return parseCommandLine(
    argv,
    {
      script,
      usage: '[--step STEP] [--target URL] [--dir FOLDER] [--json]',
      summary: say('help.check'),
      flags: {
        json: { type: 'boolean', default: false, describe: say('help.json') },
        target: { type: 'string', requiresArg: true, describe: say('help.target') },
        dir: { type: 'string', requiresArg: true, describe: say('help.dir') },
        step: { type: 'string', requiresArg: true, describe: say('help.step') },
      },
      epilogue: say('help.environment'),
    },
    language,
  );
}

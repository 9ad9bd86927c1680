import yargs from 'yargs';

export interface VerifyFlags {
  readonly lesson: number | undefined;
  readonly update: boolean;
  readonly quick: boolean;
  readonly only: string | undefined;
}

/** Reads the command line of `npm run lessons:verify`, which is for the authors and speaks English. */
export function verifyFlags(argv: readonly string[]): VerifyFlags {
  const { lesson, update, quick, only } = yargs([...argv])
    .scriptName('npm run lessons:verify --')
    .usage('$0 [--lesson N] [--only TEXT] [--quick] [--update]')
    .parserConfiguration({ 'dot-notation': false, 'duplicate-arguments-array': false })
    .options({
      lesson: { type: 'number', requiresArg: true, describe: 'Only this lesson' },
      only: {
        type: 'string',
        requiresArg: true,
        describe: 'Only programs with this in their name',
      },
      quick: {
        type: 'boolean',
        default: false,
        describe: 'Run each solution once, not three times',
      },
      update: { type: 'boolean', default: false, describe: 'Write the golden texts anew' },
    })
    .strict()
    .version(false)
    .alias('help', 'h')
    .locale('en')
    .parseSync();
  return { lesson, update, quick, only };
}

import { choiceFlag, type Flag } from './flag-kinds.ts';
import type { FlagValues } from './flags.ts';
import { createLogger, LOG_ENCODINGS, LOG_LEVELS, type Logger } from './logger.ts';

/** The flags that every program has. */
export const logFlags = {
  'log-level': choiceFlag(LOG_LEVELS, 'info', 'Least level that is logged'),
  'log-encoding': choiceFlag(LOG_ENCODINGS, 'json', 'How log lines are written'),
};

/** The flags that every component has. */
export const programFlags = {
  ...logFlags,
  'metrics-backend': choiceFlag(['prometheus', 'none'], 'prometheus', 'Who reads the metrics'),
  'metrics-http-route': routeFlag('Path of the metrics on the admin server'),
};

type ProgramFlagValues = FlagValues<typeof programFlags>;

/** The logger that the flags ask for. */
export function programLogger(name: string, flags: FlagValues<typeof logFlags>): Logger {
  return createLogger({ name, level: flags['log-level'], encoding: flags['log-encoding'] });
}

/** Where the flags want metrics; `undefined` for nowhere. */
export function metricsRoute(flags: ProgramFlagValues): string | undefined {
  return flags['metrics-backend'] === 'none' ? undefined : flags['metrics-http-route'];
}

function routeFlag(help: string): Flag<string> {
  return {
    help,
    default: '/metrics',
    parse(text) {
      if (!/^\/[^\s?#]*$/.test(text)) throw new RangeError(`expected a path, got "${text}"`);
      return text;
    },
  };
}

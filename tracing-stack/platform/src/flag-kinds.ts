import { type Micros, parseGoDuration } from '@spoor/model';
import {
  formatHostPort,
  type HostPort,
  type HostPortDefaults,
  parseHostPort,
} from './host-port.ts';

/** One setting: its text from the command line, the environment or a file becomes a `T`, or the parse throws why not. */
export interface Flag<T> {
  /** One line for `--help`. */
  readonly help: string;
  /** As somebody would write it; shown in `--help`. */
  readonly default: string;
  readonly parse: (text: string) => T;
  /** The value if nobody gave one, where that is not what `default` would be if somebody wrote it. */
  readonly absent?: T;
  /** May be given several times: `parse` gets the texts as lines. Otherwise the last one counts. */
  readonly repeatable?: true;
  /** Written without a value it means `true`. */
  readonly isSwitch?: true;
  /** Another name in the environment than the flag's own. */
  readonly env?: string;
}

/** As `flag`; `undefined` says that nobody gave it, and that whoever reads it has to take the default. */
export function ifGiven<T>(flag: Flag<T>): Flag<T | undefined> {
  return { ...flag, absent: undefined };
}

export function textFlag(initial: string, help: string): Flag<string> {
  return { help, default: initial, parse: (text) => text };
}

/** `HOST:PORT` or `:PORT`; see `parseHostPort`. */
export function hostPortFlag(
  initial: HostPort,
  help: string,
  defaults?: HostPortDefaults,
): Flag<HostPort> {
  return {
    help,
    default: formatHostPort(initial),
    parse: (text) => parseHostPort(text, defaults),
  };
}

/** `HOST:PORT` or `:PORT` of what is served only if it is given. */
export function optionalHostPortFlag(help: string): Flag<HostPort | undefined> {
  return {
    help,
    default: '',
    parse: (text) => (text === '' ? undefined : parseHostPort(text)),
  };
}

/** Texts, separated by commas, or as a list in a file; none unless given. */
export function textsFlag(help: string): Flag<string[]> {
  return {
    help,
    default: '',
    parse: (text) =>
      text
        .split(/[,\n]/)
        .map((one) => one.trim())
        .filter((one) => one !== ''),
  };
}

/** One or more, separated by commas, or as a list in a file. */
export function hostPortsFlag(
  initial: readonly HostPort[],
  help: string,
  defaults?: HostPortDefaults,
): Flag<HostPort[]> {
  return {
    help,
    default: initial.map(formatHostPort).join(','),
    parse: (text) => text.split(/[,\n]/).map((one) => parseHostPort(one.trim(), defaults)),
  };
}

/** A whole number of at least `min`. */
export function integerFlag(initial: number, help: string, min = 0): Flag<number> {
  return {
    help,
    default: String(initial),
    parse(text) {
      const value = Number(text);
      if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
        throw new RangeError(`expected a whole number of at least ${min}, got "${text}"`);
      }
      return value;
    },
  };
}

/** A number from `min` to `max`. */
export function numberFlag(
  initial: number,
  help: string,
  {
    min = 0,
    max = Number.POSITIVE_INFINITY,
  }: { readonly min?: number; readonly max?: number } = {},
): Flag<number> {
  return {
    help,
    default: String(initial),
    parse(text) {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (value >= min && value <= max && Number.isFinite(value)) return value;
      const range = Number.isFinite(max) ? `from ${min} to ${max}` : `of at least ${min}`;
      throw new RangeError(`expected a number ${range}, got "${text}"`);
    },
  };
}

/** `--name` or `--name=true` for on, `--name=false` for off; off unless `initial` says otherwise. */
export function switchFlag(help: string, initial = false): Flag<boolean> {
  return {
    help,
    default: String(initial),
    isSwitch: true,
    parse(text) {
      // What Go takes for a boolean.
      if (/^(1|t|true)$/i.test(text)) return true;
      if (/^(0|f|false)$/i.test(text)) return false;
      throw new RangeError(`expected true or false, got "${text}"`);
    },
  };
}

/** A duration as Go writes it (`5s`, `1m30s`), not below zero; in microseconds. */
export function durationFlag(initial: string, help: string): Flag<Micros> {
  return {
    help,
    default: initial,
    parse(text) {
      const duration = parseGoDuration(text);
      if (duration < 0) throw new RangeError(`expected 0s or more, got "${text}"`);
      return duration;
    },
  };
}

/** One of `choices`, in any case. */
export function choiceFlag<T extends string>(
  choices: readonly T[],
  initial: NoInfer<T>,
  help: string,
): Flag<T> {
  return {
    help: `${help} (${choices.join(', ')})`,
    default: initial,
    parse(text) {
      const choice = choices.find((known) => known === text.toLowerCase());
      if (choice === undefined) {
        throw new RangeError(`expected one of ${choices.join(', ')}, got "${text}"`);
      }
      return choice;
    },
  };
}

/** A whole number that Jaeger's programs act on and ours need not; `why` tells so. A bad value is still one. */
export function idleFlag(initial: number, why: string): Flag<number> {
  return integerFlag(initial, `Has no effect: ${why}`);
}

import { textOrNothing } from '../losses.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Setting } from './settings.ts';

// What a setting says, whether code gave it in its own type or the environment as text. `undefined` for none; throws
// `ConfigurationError` for nonsense.

type Given = Setting | undefined;

export function textOf(setting: Given): string | undefined {
  if (setting === undefined) return undefined;
  if (typeof setting.value === 'string') return setting.value;
  throw invalid(setting, 'must be text');
}

const TRUE = ['true', 't', '1'];
const FALSE = ['false', 'f', '0'];

/** The words of Go's clients. */
export function flagOf(setting: Given): boolean | undefined {
  if (setting === undefined) return undefined;
  const text = String(setting.value).toLowerCase();
  if (TRUE.includes(text)) return true;
  if (FALSE.includes(text)) return false;
  throw invalid(setting, 'must be true or false');
}

export function numberOf(setting: Given): number | undefined {
  if (setting === undefined) return undefined;
  const number = Number(setting.value);
  if (String(setting.value).trim() !== '' && Number.isFinite(number)) return number;
  throw invalid(setting, 'must be a number');
}

/** A whole number from 1 on. */
export function countOf(setting: Given): number | undefined {
  const number = numberOf(setting);
  if (number === undefined || (Number.isSafeInteger(number) && number >= 1)) return number;
  throw invalid(setting as Setting, 'must be a whole number from 1 on');
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/** Milliseconds: from a number of them, as npm's client has it, or from a text with units, as Go's has it. */
export function millisecondsOf(setting: Given): number | undefined {
  if (setting === undefined) return undefined;
  const text = String(setting.value).trim();
  let sum = Number(text);
  if (DURATION.test(text)) {
    sum = 0;
    for (const [, number, unit = ''] of text.matchAll(PART)) {
      sum += Number(number) * (UNITS[unit] ?? Number.NaN);
    }
  }
  // More would make a timer fire at once.
  if (text !== '' && sum > 0 && sum <= 0x7fff_ffff) return sum;
  throw invalid(setting, "must be milliseconds or like '1s'");
}

export function portOf(setting: Given): number | undefined {
  if (setting === undefined) return undefined;
  return parsePort(String(setting.value), setting.name);
}

export function parsePort(text: string, setting: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new ConfigurationError('invalid', `${setting} has no port from 1 to 65535: '${text}'`);
}

export function invalid({ name, value }: Setting, rule: string): ConfigurationError {
  return new ConfigurationError('invalid', `${name} ${rule}, not ${textOrNothing(value)}`);
}

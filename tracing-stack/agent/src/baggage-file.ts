import { readFile } from 'node:fs/promises';
import type { BaggageRestriction } from '@spoor/model';
import { UserError } from '@spoor/platform';
import type { ConfigSource } from './config-source.ts';
import type { RepeatedWarnings } from './repeated-warnings.ts';

/** Which baggage services may set. */
interface BaggageRules {
  /** Of services that are not named. */
  readonly defaults: readonly BaggageRestriction[];
  readonly services: ReadonlyMap<string, readonly BaggageRestriction[]>;
}

/**
 * Answers for baggage restrictions from a file, all else from `source`. The file is read for each question; while it
 * cannot be read, the last one that could counts. Rejects with a `UserError` if that is so at the start.
 */
export async function withBaggageFile(
  source: ConfigSource,
  path: string,
  warnings: RepeatedWarnings,
): Promise<ConfigSource> {
  let rules: BaggageRules;
  try {
    rules = parseBaggageFile(await readFile(path, 'utf8'));
  } catch (cause) {
    const message = `[agent] cannot read the baggage restrictions of ${path}: ${(cause as Error).message}`;
    throw new UserError('bad-config-file', message, { cause });
  }
  return {
    ...source,
    async baggageRestrictions(service) {
      try {
        rules = parseBaggageFile(await readFile(path, 'utf8'));
      } catch (error) {
        const fields = { file: path, reason: (error as Error).message };
        warnings.warn('baggage file', fields, 'cannot be read, the last good one stays');
      }
      return rules.services.get(service) ?? rules.defaults;
    },
  };
}

/**
 * Reads `{"default_restrictions": [{"baggageKey", "maxValueLength"}], "service_restrictions": [{"service",
 * "restrictions": […]}]}`. Throws `SyntaxError` or `TypeError`.
 */
function parseBaggageFile(text: string): BaggageRules {
  const file = objectOf(JSON.parse(text), 'the file');
  const services = listOf(file['service_restrictions'], 'service_restrictions');
  return {
    defaults: restrictionsOf(file['default_restrictions'], 'default_restrictions'),
    services: new Map(
      services.map((each, i) => {
        const path = `service_restrictions[${i}]`;
        const { service, restrictions } = objectOf(each, path);
        if (typeof service !== 'string') throw new TypeError(`${path}.service must be a text`);
        return [service, restrictionsOf(restrictions, `${path}.restrictions`)];
      }),
    ),
  };
}

function restrictionsOf(value: unknown, path: string): BaggageRestriction[] {
  return listOf(value, path).map((each, i) => {
    const { baggageKey, maxValueLength } = objectOf(each, `${path}[${i}]`);
    if (typeof baggageKey !== 'string' || baggageKey === '') {
      throw new TypeError(`${path}[${i}].baggageKey must be a text`);
    }
    if (!Number.isSafeInteger(maxValueLength) || (maxValueLength as number) < 0) {
      throw new TypeError(`${path}[${i}].maxValueLength must be a whole number`);
    }
    return { baggageKey, maxValueLength: maxValueLength as number };
  });
}

function objectOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new TypeError(`${path} must be an object`);
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError(`${path} must be a list`);
}

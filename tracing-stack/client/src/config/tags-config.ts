import { ConfigurationError } from './configuration-error.ts';
import { invalid } from './setting-values.ts';
import type { Setting } from './settings.ts';

/** The tags of a process: an object, or Go's list of `{Key, Value}`, or the text of `JAEGER_TAGS`. */
export function tagsOf(
  setting: Setting | undefined,
  env: NodeJS.ProcessEnv,
): Record<string, unknown> {
  if (setting === undefined) return {};
  const { value } = setting;
  if (typeof value === 'string') return parseTags(value, setting.name, env);
  if (Array.isArray(value)) return Object.fromEntries(value.map((tag) => pairOf(tag, setting)));
  if (typeof value === 'object' && value !== null) return { ...value };
  throw invalid(setting, 'must be an object of tags');
}

/** `key=value,key=${VARIABLE:default}`: the variable's value, or the default where it is empty. */
function parseTags(text: string, name: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      const key = pair.slice(0, Math.max(equals, 0)).trim();
      if (key !== '') return [key, expand(pair.slice(equals + 1).trim(), env)];
      throw new ConfigurationError('invalid', `${name} must be key=value,…, not '${pair.trim()}'`);
    }),
  );
}

function expand(text: string, env: NodeJS.ProcessEnv): string {
  const { variable, fallback = '' } =
    /^\$\{(?<variable>[^:]*)(?::(?<fallback>.*))?\}$/s.exec(text)?.groups ?? {};
  return variable === undefined ? text : env[variable] || fallback;
}

function pairOf(tag: unknown, setting: Setting): [string, unknown] {
  if (typeof tag !== 'object' || tag === null) throw invalid(setting, 'must be a list of tags');
  const own = Object.fromEntries(Object.entries(tag).map(([key, of]) => [key.toLowerCase(), of]));
  return [String(own['key']), own['value']];
}

import { checkJsonSyntax, DecodeError } from '@spoor/wire';
import { ParameterError } from './go-errors.ts';
import { withPrefix } from './parameter.ts';

/**
 * The tags a search asks for: `tag=key:value`, where the value may hold colons, and `tags={"key":"value"}`. Both may
 * be given several times; the last value of a key counts, and JSON counts after the simple form.
 */
export function parseTags(simple: readonly string[], json: readonly string[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const text of simple) {
    const colon = text.indexOf(':');
    if (colon === -1)
      throw new ParameterError(`malformed 'tag' parameter, expecting key:value, received: ${text}`);
    tags.set(text.slice(0, colon), text.slice(colon + 1));
  }
  for (const text of json) {
    withPrefix("malformed 'tags' parameter, cannot unmarshal JSON", () => {
      for (const [key, value] of parseStringMap(text)) tags.set(key, value);
    });
  }
  return tags;
}

/**
 * Go's `json.Unmarshal` into a `map[string]string`: null is an empty map, and an empty string within one. Throws
 * `ParameterError`.
 */
export function parseStringMap(text: string): [string, string][] {
  const value: unknown = parseJson(text);
  if (value === null) return [];
  if (kindOf(value) !== 'object') throw cannotUnmarshal(value, 'map[string]string');
  return Object.entries(value as object).map(([key, member]) => {
    if (member !== null && typeof member !== 'string') throw cannotUnmarshal(member, 'string');
    return [key, member ?? ''];
  });
}

function parseJson(text: string): unknown {
  try {
    checkJsonSyntax(text);
  } catch (error) {
    if (error instanceof DecodeError) throw new ParameterError(error.reason);
    throw error;
  }
  return JSON.parse(text);
}

function cannotUnmarshal(value: unknown, into: string): ParameterError {
  return new ParameterError(
    `json: cannot unmarshal ${kindOf(value)} into Go value of type ${into}`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

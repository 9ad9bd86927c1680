/** Tags as they are asked for: every value is compared as text. */
export type Tags = Readonly<Record<string, string>>;

// A key does not begin as JSON does: broken JSON must not be taken for a tag of an odd name.
const PAIR = /\s*(?:([^\s="{[][^\s="]*)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?)(?=\s|$)/y;

/**
 * Reads `key=value key2="two words" key3` (logfmt; a key alone means `true`). `undefined` if the text is not of this
 * form; no tags if it is empty.
 */
export function parseTags(text: string): Tags | undefined {
  const tags: Record<string, string> = Object.create(null);
  const input = text.trimEnd();
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < input.length) {
    const match = PAIR.exec(input);
    if (!match) return undefined;
    const [, key = '', quoted, bare] = match;
    tags[key] = quoted?.replace(/\\(.)/g, '$1') ?? bare ?? 'true';
  }
  return { ...tags };
}

/** Writes tags so that `parseTags` reads the same. */
export function formatTags(tags: Tags): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${/^[^\s"\\]+$/.test(value) ? value : quote(value)}`)
    .join(' ');
}

const quote = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;

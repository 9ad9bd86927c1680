/**
 * A JSON string as Go's `encoding/json` writes it: `<`, `>`, `&`, U+2028 and U+2029 are escaped beside what must be. So
 * is U+FFFD, which Go writes for a byte that is no UTF-8.
 */
export function jsonString(text: string): string {
  return escapeAsGo(JSON.stringify(text));
}

/** Any plain value as JSON text, strings as `jsonString` writes them. */
export function jsonText(value: unknown): string {
  return escapeAsGo(JSON.stringify(value));
}

/** These characters stand nowhere in JSON but within strings. */
function escapeAsGo(json: string): string {
  return /[<>&\u2028\u2029\ufffd]/.test(json)
    ? json.replace(
        /[<>&\u2028\u2029\ufffd]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : json;
}

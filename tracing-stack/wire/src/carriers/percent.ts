/**
 * Percent-encodes UTF-8 so that the value is safe in an HTTP header. A space becomes `%20`, never `+`: npm
 * jaeger-client reads a `+` as itself. Half a surrogate pair has no UTF-8 and becomes U+FFFD.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

/** Reads percent-encoded UTF-8. `undefined` for what is no valid encoding. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

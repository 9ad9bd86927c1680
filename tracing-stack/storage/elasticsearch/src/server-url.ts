/** Addresses of servers, by commas or as lines. Throws `RangeError` for what is none, without a password that may be in it. */
export function parseServerUrls(text: string): string[] {
  const urls = text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const bad = urls.length === 0 ? text : urls.find((one) => !isServerUrl(one));
  if (bad === undefined) return urls;
  // A comma or a slash in a password would cut it in two.
  const shown = text.includes('@') ? 'what may hold a password' : `"${bad}"`;
  throw new RangeError(`expected http://HOST:PORT, got ${shown}`);
}

function isServerUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

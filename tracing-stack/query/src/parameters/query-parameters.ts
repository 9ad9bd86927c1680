const BAD_ESCAPE = /%(?![0-9a-f]{2})/i;

/**
 * The parameters in the query of a URL, as Go's `net/url` reads them: a pair with a semicolon or with an escape that is
 * none is left out, the others count.
 */
export function queryParameters(url: string): URLSearchParams {
  const start = url.indexOf('?');
  const pairs = start === -1 ? [] : url.slice(start + 1).split('&');
  const sound = pairs.filter((pair) => !pair.includes(';') && !BAD_ESCAPE.test(pair));
  return new URLSearchParams(sound.join('&'));
}

/** Whether two texts are one text with a slip of the pen: upper and lower case, separators, or up to two letters. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return false;
  const [plainA, plainB] = [lettersOf(a), lettersOf(b)];
  if (plainA === plainB && plainA !== '') return true;
  // In a short word two letters are too many: `get` is no slip of `set`.
  const longer = Math.max(a.length, b.length);
  const allowed = longer >= 6 ? 2 : longer >= 4 ? 1 : 0;
  return distance(a.toLowerCase(), b.toLowerCase(), allowed) <= allowed;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters to be put in, left out, replaced or swapped with their neighbour; more than `limit` is not counted out. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j - 1] as number) + (isSame ? 0 : 1),
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}

/** Whether one name holds the other as a whole, as `/protos.Greeter/SayHello` holds `SayHello`. */
export function holdsName(a: string, b: string): boolean {
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.toLowerCase().includes(short.toLowerCase());
}

/**
 * Whether a value is the expected one. A number may be written as text, white space around it does not count, and this
 * machine may be called by any of its names in a URL.
 */
export function isSameValue(expected: string | number | boolean, actual: unknown): boolean {
  const [a, b] = [String(expected).trim(), String(actual).trim()];
  return a === b || (/^https?:\/\//.test(a) && localUrl(a) === localUrl(b));
}

function localUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (/^(127(\.\d+){3}|\[::1\])$/.test(url.hostname)) url.hostname = 'localhost';
  return url.href.replace(/\/$/, '');
}

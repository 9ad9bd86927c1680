/** What a JSON value says, a line each of its leaves: `data.0.traceID` to `"1a"`. */
export function jsonLines(value: unknown, under: string): [path: string, text: string][] {
  if (typeof value !== 'object' || value === null) return [[under, JSON.stringify(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[under, JSON.stringify(value)]];
  return entries.flatMap(([name, each]) => jsonLines(each, `${under}.${name}`));
}

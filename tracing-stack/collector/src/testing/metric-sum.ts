/** What all series of a metric that have these labels come to; `undefined` without any. */
export function metricSum(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const values = text
    .split('\n')
    .map((line) => /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line))
    .filter((match) => match?.[1] === name && hasAll(match[2] ?? '', labels))
    .map((match) => Number(match?.[3] === '+Inf' ? 'Infinity' : match?.[3]));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

function hasAll(shown: string, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => shown.includes(`${name}="${value}"`));
}

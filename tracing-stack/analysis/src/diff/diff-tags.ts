import type { KeyValueJson } from '../jaeger-json/jaeger-json.ts';

/** A key that one of two spans carries, or both. */
export interface TagDifference {
  readonly key: string;
  /** Absent: the span does not carry the key. Of a key that is there several times, all values. */
  readonly a?: string;
  readonly b?: string;
}

type Tags = readonly KeyValueJson[] | null | undefined;

/** The tags of two spans by key: first those that differ, then those that are the same. */
export function diffTags(a: Tags, b: Tags): TagDifference[] {
  const before = valuesByKey(a);
  const after = valuesByKey(b);
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const all = keys.map((key): TagDifference => {
    const [one, other] = [before.get(key), after.get(key)];
    return { key, ...(one !== undefined && { a: one }), ...(other !== undefined && { b: other }) };
  });
  return [...all.filter((tag) => tag.a !== tag.b), ...all.filter((tag) => tag.a === tag.b)];
}

function valuesByKey(tags: Tags): Map<string, string> {
  const values = new Map<string, string>();
  for (const { key, value } of tags ?? []) {
    const before = values.get(key);
    const text = String(value ?? '');
    values.set(key, before === undefined ? text : `${before}, ${text}`);
  }
  return values;
}

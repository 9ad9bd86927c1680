import type { KeyValue } from '@spoor/model';

/**
 * What an annotation says. Zipkin has no fields in a log, so clients put them into JSON; anything else is an event by its
 * name.
 */
export function v1LogFields(value: string): KeyValue[] {
  const fields = value.startsWith('{') ? jsonFields(value) : [];
  return fields.length > 0 ? fields : [{ key: 'event', type: 'string', value }];
}

/** None unless the text is an object of nothing but texts. */
function jsonFields(text: string): KeyValue[] {
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch {
    return [];
  }
  const entries = Object.entries(object as object);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) return [];
  return entries.map(([key, value]) => ({ key, type: 'string', value }));
}

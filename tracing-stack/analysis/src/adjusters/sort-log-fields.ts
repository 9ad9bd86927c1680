import type { KeyValue } from '@spoor/model';
import { type Adjuster, mapChanged, perSpan } from './adjuster.ts';
import { sorted } from './sort-tags.ts';

/** Puts a log's `event` first, where a reader looks for it, and sorts the other fields as tags are. */
export const sortLogFields: Adjuster = perSpan((span) => {
  const logs = mapChanged(span.logs, (log) => {
    const fields = eventFirst(log.fields);
    return fields === log.fields ? log : { ...log, fields };
  });
  return logs === span.logs ? span : { ...span, logs };
});

/** Only an `event` of type string counts, and only the first of several. */
function eventFirst(fields: readonly KeyValue[]): readonly KeyValue[] {
  const at = fields.findIndex((field) => field.key === 'event' && field.type === 'string');
  if (at === -1) return sorted(fields);
  const rest = fields.toSpliced(at, 1);
  const sortedRest = sorted(rest);
  return at === 0 && sortedRest === rest ? fields : [fields[at] as KeyValue, ...sortedRest];
}

import { type KeyValueJson, type SpanStatistics, spanStatistics } from '@spoor/analysis';
import { hasError, type TraceModel } from '../trace-model.ts';
import { measuredTrace } from './measured-trace.ts';

/** What spans are put together by: `service`, `operation`, or a tag as `tag:KEY` or `process:KEY`. */
export type Grouping = 'service' | 'operation' | `tag:${string}` | `process:${string}`;

/** The keys of tags that any span of the trace has, and of those that any process has, in order. */
export function tagKeys(model: TraceModel): {
  readonly tags: string[];
  readonly process: string[];
} {
  const tags = new Set<string>();
  const process = new Set<string>();
  for (let row = 0; row < model.rowCount; row++)
    for (const { key } of model.span(row).tags ?? []) tags.add(key);
  for (const { tags: own } of Object.values(model.json.processes))
    for (const { key } of own ?? []) process.add(key);
  return { tags: [...tags].sort(), process: [...process].sort() };
}

/** The groups of a trace's spans, each with what it comes to. */
export function groupedSpans(model: TraceModel, grouping: Grouping): SpanStatistics[] {
  const { selfTimes } = measuredTrace(model);
  const measures = Array.from({ length: model.rowCount }, (_, row) => ({
    duration: model.length[row] ?? 0,
    selfTime: selfTimes[row] ?? 0,
    hasError: hasError(model, row),
  }));
  return spanStatistics(measures, (row) => namesOf(model, grouping, row));
}

function namesOf(model: TraceModel, grouping: Grouping, row: number): readonly string[] {
  if (grouping === 'service') return [model.serviceName(row)];
  if (grouping === 'operation') return [model.serviceName(row), model.span(row).operationName];
  const isOfSpan = grouping.startsWith('tag:');
  const key = grouping.slice(grouping.indexOf(':') + 1);
  return firstValue(isOfSpan ? model.span(row).tags : model.process(row)?.tags, key);
}

/** Of a key that is there twice, the first value. */
function firstValue(pairs: readonly KeyValueJson[] | null | undefined, key: string): string[] {
  const pair = pairs?.find((each) => each.key === key);
  return pair ? [String(pair.value ?? '')] : [];
}

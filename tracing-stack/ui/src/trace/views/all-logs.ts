import { type LogJson, micros } from '@spoor/analysis';
import { has, pairMatches } from '../find-spans.ts';
import type { TraceModel } from '../trace-model.ts';

/** A log, and the row of the span that it belongs to. */
export interface LogEntry {
  readonly row: number;
  /** Microseconds after the start of the trace; before it, less than 0. */
  readonly time: number;
  readonly log: LogJson;
}

/** The logs of all spans, by their time; those of one time in the order of the rows. */
export function allLogs(model: TraceModel): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let row = 0; row < model.rowCount; row++)
    for (const log of model.span(row).logs ?? [])
      entries.push({ row, time: micros(log.timestamp) - model.startTime, log });
  return entries.sort((a, b) => a.time - b.time);
}

/** The positions of those that match every word of `text`: in a field, or in the names of their span. */
export function findLogs(model: TraceModel, logs: readonly LogEntry[], text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return [...logs.keys()].filter((at) => {
    const { row, log } = logs[at] as LogEntry;
    const { operationName, spanID } = model.span(row);
    const names = [model.serviceName(row), operationName, spanID];
    return words.every(
      (word) =>
        names.some((name) => has(name, word)) ||
        log.fields?.some((pair) => pairMatches(pair, word)),
    );
  });
}

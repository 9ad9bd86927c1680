import type { KeyValue, Process, Span, Trace } from '@spoor/model';

/** Mends a trace for reading. Pure: what it was given stays as it is, and what needs no change is handed on itself. */
export type Adjuster = (trace: Trace) => Trace;

/** Applies adjusters in turn. */
export function adjust(trace: Trace, adjusters: readonly Adjuster[]): Trace {
  return adjusters.reduce((adjusted, adjuster) => adjuster(adjusted), trace);
}

/** An adjuster that looks at one span at a time. */
export function perSpan(change: (span: Span) => Span): Adjuster {
  return (trace) => {
    const spans = mapChanged(trace.spans, change);
    return spans === trace.spans ? trace : { ...trace, spans };
  };
}

/** `map` that returns the array itself when nothing in it changed. */
export function mapChanged<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as T;
    const next = change(item);
    if (changed) changed.push(next);
    else if (next !== item) changed = [...items.slice(0, i), next];
  }
  return changed ?? items;
}

/** Changes a process's tags once for all spans that share the process, so that they still share it afterwards. */
export function processTagsChange(
  change: (tags: readonly KeyValue[]) => readonly KeyValue[],
): (process: Process) => Process {
  const done = new WeakMap<Process, Process>();
  return (process) => {
    let result = done.get(process);
    if (result === undefined) {
      const tags = change(process.tags);
      result = tags === process.tags ? process : { ...process, tags };
      done.set(process, result);
    }
    return result;
  };
}

import type { KeyValue } from './key-values.ts';
import type { Process, Span } from './span.ts';

/** The spans with `tags` behind the tags of their processes. Those of one process have one again. */
export function withProcessTags(
  spans: readonly Span[],
  tags: readonly KeyValue[],
): readonly Span[] {
  if (tags.length === 0) return spans;
  const processes = new Map<Process, Process>();
  return spans.map((span) => {
    let process = processes.get(span.process);
    if (process === undefined) {
      process = { ...span.process, tags: [...span.process.tags, ...tags] };
      processes.set(span.process, process);
    }
    return { ...span, process };
  });
}

import type { SpanJson, TraceJson } from '@spoor/analysis';

/** For tests: a trace out of few words. Each span is named by its id; the first of `parents` is a CHILD_OF. */
export function exampleTrace(
  spans: readonly (Partial<SpanJson> & { spanID: string; parent?: string })[],
): TraceJson {
  return {
    traceID: 'a1',
    spans: spans.map(({ parent, ...span }) => ({
      traceID: 'a1',
      operationName: `op-${span.spanID}`,
      references: parent ? [{ refType: 'CHILD_OF', traceID: 'a1', spanID: parent }] : [],
      startTime: 0,
      duration: 0,
      tags: [],
      logs: [],
      processID: 'p1',
      ...span,
    })),
    processes: {
      p1: { serviceName: 'front', tags: [] },
      p2: { serviceName: 'back', tags: [] },
    },
    warnings: null,
  };
}

/**
 * ```
 * 1
 * ├─ 2
 * │  ├─ 3
 * │  └─ 4
 * └─ 5
 * 6
 * ```
 * Span n stands in row n - 1.
 */
export const treeOfSix = exampleTrace([
  { spanID: '1', startTime: 1 },
  { spanID: '2', startTime: 2, parent: '1' },
  { spanID: '3', startTime: 3, parent: '2' },
  { spanID: '4', startTime: 4, parent: '2' },
  { spanID: '5', startTime: 5, parent: '1' },
  { spanID: '6', startTime: 6 },
]);

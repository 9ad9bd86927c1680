import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { exampleSpan } from '../tree/example-span.ts';

type Rest = Partial<
  Pick<
    ObservedSpan,
    'serviceName' | 'operationName' | 'tags' | 'processTags' | 'parentReference' | 'warnings'
  >
>;

/** For tests: a span of few words; times in microseconds. */
export function observedSpan(
  spanId: string,
  [start, duration]: readonly [start: number, duration: number],
  parentId?: string,
  rest: Rest = {},
): ObservedSpan {
  return {
    ...exampleSpan(spanId, start, duration, parentId),
    ...(parentId !== undefined && { parentReference: 'CHILD_OF' }),
    tags: {},
    logs: [],
    processTags: {},
    ...rest,
  };
}

export const server = { 'span.kind': 'server' };
export const client = { 'span.kind': 'client' };

export const traceOf = (traceId: string, ...spans: ObservedSpan[]): ObservedTrace => ({
  traceId,
  spans,
});

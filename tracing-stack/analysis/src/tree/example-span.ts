import type { TraceSpan } from './trace-span.ts';

/** For tests: a span of few words, named by its id and of the service `app` unless told otherwise. */
export function exampleSpan(
  spanId: string,
  startTime: number,
  duration: number,
  parentId?: string,
  names: Partial<Pick<TraceSpan, 'serviceName' | 'operationName' | 'hasError'>> = {},
): TraceSpan {
  return {
    spanId,
    parentId,
    startTime,
    duration,
    serviceName: 'app',
    operationName: spanId,
    hasError: false,
    ...names,
  };
}

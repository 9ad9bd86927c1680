import { parentSpanId, type Span, ZERO_SPAN_ID } from '@spoor/model';
import { formatUberTraceId } from '@spoor/wire';
import type { Logger } from '../logger.ts';
import type { Reporter } from './reporter.ts';

/** Says each span in the words of jaeger-client-go: `Reporting span {trace-id}:{span-id}:{parent-span-id}:{flags}`. */
export function loggingReporter(logger: Logger): Reporter {
  return {
    report: (span) => logger.info(`Reporting span ${identityOf(span)}`),
    close: async () => {},
  };
}

function identityOf(span: Span): string {
  return formatUberTraceId({ ...span, parentId: parentSpanId(span) ?? ZERO_SPAN_ID });
}

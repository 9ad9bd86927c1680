import type { Process, Span, Trace, TraceId } from '@spoor/model';
import { Turn } from '@spoor/storage-api/search';
import type { OpenBucket } from './bucket-list.ts';
import { processBytes, spanBytes } from './memory-size.ts';
import type { RecordReader } from './record-reader.ts';
import { traceSequences } from './trace-row.ts';

/** Every span of a trace in these buckets, in order of arrival. */
export async function readTrace(
  buckets: readonly Pick<OpenBucket, 'tables'>[],
  traceId: TraceId,
  records: RecordReader,
): Promise<Trace | undefined> {
  const spans: Span[] = [];
  const { memory } = records;
  let process: Process | undefined;
  const turn = new Turn();
  for (const { tables } of buckets) {
    for (const sequence of traceSequences(tables, traceId)) {
      for (const span of records.spans(tables, sequence)) {
        if (span.traceId !== traceId) continue;
        memory.hold(spanBytes(span) + (span.process === process ? 0 : processBytes(span.process)));
        process = span.process;
        spans.push(span);
      }
      await turn.end();
    }
  }
  return spans.length === 0 ? undefined : { traceId, spans, warnings: [] };
}

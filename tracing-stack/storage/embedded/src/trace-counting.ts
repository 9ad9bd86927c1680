import { type TraceId, traceIdFromBytes } from '@spoor/model';
import { callSpan, callsIn } from '@spoor/storage-api/dependencies';
import { Turn } from '@spoor/storage-api/search';
import type { OpenBucket } from './bucket-list.ts';
import type { CountedTrace } from './call-ledger.ts';
import type { RecordReader } from './record-reader.ts';
import { readSequence, sequenceKey } from './sequence-key.ts';
import { readTrace } from './trace-reading.ts';
import { traceSequences } from './trace-row.ts';

/** With the record that brings so many spans, a step ends: what it holds in memory does not grow with the store. */
const SPANS = 20_000;

export interface CountedTraces {
  readonly traces: readonly CountedTrace[];
  /** The last record that was read; what was given if there is none after it. */
  readonly counted: number;
}

/** The traces of the first records after `counted`, each whole as it is now. */
export async function countTraces(
  buckets: readonly OpenBucket[],
  counted: number,
  records: RecordReader,
): Promise<CountedTraces> {
  const traceIds = new Set<TraceId>();
  let last = counted;
  let spans = 0;
  const turn = new Turn();
  for (const { tables } of buckets) {
    for (const key of tables.records.getKeys({ start: sequenceKey(counted + 1) })) {
      if (spans >= SPANS) break;
      last = readSequence(key, 0);
      // One that cannot be read is counted as a span, so that a step ends however many there are.
      const index = records.indexed(tables, last)?.index;
      spans += index?.count || 1;
      for (let i = 0; i < (index?.count ?? 0); i++) {
        if (index) traceIds.add(traceIdFromBytes(index.traceIds, 16 * i));
      }
      await turn.end();
    }
  }
  const traces: CountedTrace[] = [];
  for (const traceId of traceIds) {
    const holding = buckets.filter(({ tables }) => traceSequences(tables, traceId).length > 0);
    const trace = await readTrace(holding, traceId, records);
    const calls = callsIn(trace?.spans.map(callSpan) ?? []);
    traces.push({ traceId, buckets: holding.map(({ name }) => name), calls });
  }
  return { traces, counted: last };
}

import { sanitizeServiceName, type TraceId } from '@spoor/model';
import { StorageError, type StoredBatch } from '@spoor/storage-api';
import { type Call, type CallSpan, callSpan, callsIn } from '@spoor/storage-api/dependencies';
import { Turn } from '@spoor/storage-api/search';
import type { OpenBucket } from './bucket-list.ts';
import type { CountedTrace } from './call-ledger.ts';
import type { RecordReader } from './record-reader.ts';
import { readSequence, sequenceKey } from './sequence-key.ts';
import type { CallMemory } from './store-memory.ts';
import { traceSequences } from './trace-row.ts';

/** With the record that brings so many spans, a step ends, or with fewer if there is little memory. */
const SPANS = 20_000;

/** About what is kept of a span takes in memory. */
export const CALL_SPAN_BYTES = 400;

export function stepSpans({ recordBytes }: Pick<CallMemory, 'recordBytes'>): number {
  return Math.min(SPANS, Math.ceil(recordBytes / CALL_SPAN_BYTES));
}

export interface CountedTraces {
  readonly traces: readonly CountedTrace[];
  /** The last record that was read; what was given if there is none after it. */
  readonly counted: number;
  /** In these records. */
  readonly spans: number;
  /** How many of the traces have more spans than memory has room for. Their calls are none. */
  readonly tooLarge: number;
}

/** The traces of the first records after `counted`, each whole as it is with the last of these. */
export async function countTraces(
  buckets: readonly OpenBucket[],
  counted: number,
  records: RecordReader,
): Promise<CountedTraces> {
  const arrived = new Map<TraceId, CallSpan[]>();
  let last = counted;
  let spans = 0;
  const most = stepSpans(records.memory);
  const turn = new Turn();
  for (const { tables } of buckets) {
    for (const key of tables.records.getKeys({ start: sequenceKey(counted + 1) })) {
      if (spans >= most) break;
      last = readSequence(key, 0);
      const before = spans;
      records.readOnce(tables, last, (stored) => {
        for (const { traceId, span } of callSpansIn(stored)) {
          const known = arrived.get(traceId);
          if (known === undefined) arrived.set(traceId, [span]);
          else known.push(span);
          spans++;
        }
      });
      // One that cannot be read is counted as a span, so that a step ends however many there are.
      if (spans === before) spans++;
      await turn.end();
    }
  }
  const held = CALL_SPAN_BYTES * spans;
  // It is more than all there is, if one record alone is.
  if (!tookMemory(records, held))
    return { traces: [], counted: last, spans, tooLarge: arrived.size };
  const traces: CountedTrace[] = [];
  let tooLarge = 0;
  for (const [traceId, now] of arrived) {
    const { calls, holding } = await callsOf(buckets, traceId, now, { counted, last }, records);
    if (calls === undefined) tooLarge++;
    traces.push({ traceId, buckets: holding, calls: calls ?? [] });
    await turn.end();
  }
  records.memory.giveBack(held);
  return { traces, counted: last, spans, tooLarge };
}

/** The calls of a trace with what came of it `now`, in the records after `counted` up to `last`. */
async function callsOf(
  buckets: readonly OpenBucket[],
  traceId: TraceId,
  now: readonly CallSpan[],
  { counted, last }: { counted: number; last: number },
  records: RecordReader,
): Promise<{ calls?: readonly Call[]; holding: string[] }> {
  const holding: string[] = [];
  const before: CallSpan[] = [];
  const turn = new Turn();
  let isTooLarge = false;
  for (const { name, tables } of buckets) {
    const sequences = traceSequences(tables, traceId).filter((sequence) => sequence <= last);
    if (sequences.length > 0) holding.push(name);
    for (const sequence of sequences) {
      if (sequence > counted || isTooLarge) continue;
      const spans = records.spans(tables, sequence).filter((span) => span.traceId === traceId);
      isTooLarge = !tookMemory(records, CALL_SPAN_BYTES * spans.length);
      if (isTooLarge) continue;
      for (const span of spans) before.push(callSpan(span));
      await turn.end();
    }
  }
  records.memory.giveBack(CALL_SPAN_BYTES * before.length);
  return { holding, ...(!isTooLarge && { calls: callsIn([...before, ...now]) }) };
}

/** `false` for what there will never be room for. */
function tookMemory({ memory }: RecordReader, bytes: number): boolean {
  try {
    memory.hold(bytes);
    return true;
  } catch (error) {
    if (error instanceof StorageError && error.code === 'unsupported') return false;
    throw error;
  }
}

/** As `storedSpans` would give them, but for what is not needed here. */
function* callSpansIn({ batch }: StoredBatch): Generator<{ traceId: TraceId; span: CallSpan }> {
  for (const span of batch.spans()) {
    const found = callSpan(span);
    const serviceName = sanitizeServiceName(found.serviceName);
    yield { traceId: span.traceId, span: { ...found, serviceName } };
  }
}

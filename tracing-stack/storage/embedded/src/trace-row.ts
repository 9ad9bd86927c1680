import { bytesFromHex, type TraceId, traceIdFromBytes } from '@spoor/model';
import type { BatchIndex } from '@spoor/wire';
import { readSequence, SEQUENCE_LENGTH, writeSequence } from './sequence-key.ts';
import type { Tables } from './tables.ts';

/*
 * A trace row says that a record holds spans of a trace. Key: trace id (16), sequence (8, writeSequence); no value.
 */
const ID_LENGTH = 16;
const NOTHING = Buffer.alloc(0);

/** Puts one row for each different trace of a batch, within a write transaction. */
export function putTraceRows({ traces }: Tables, index: BatchIndex, sequence: number): void {
  const key = Buffer.allocUnsafe(ID_LENGTH + SEQUENCE_LENGTH);
  writeSequence(key, sequence, ID_LENGTH);
  const ids = Buffer.from(
    index.traceIds.buffer,
    index.traceIds.byteOffset,
    index.count * ID_LENGTH,
  );
  const seen = new Set<string>();
  for (let offset = 0; offset < ids.length; offset += ID_LENGTH) {
    // Spans of one trace mostly stand side by side.
    if (
      offset > 0 &&
      ids.compare(ids, offset - ID_LENGTH, offset, offset, offset + ID_LENGTH) === 0
    ) {
      continue;
    }
    const id = ids.toString('latin1', offset, offset + ID_LENGTH);
    if (seen.has(id)) continue;
    seen.add(id);
    ids.copy(key, 0, offset, offset + ID_LENGTH);
    traces.putSync(key, NOTHING);
  }
}

/** The records that hold spans of a trace, in order of arrival. */
export function traceSequences({ traces }: Tables, traceId: TraceId): number[] {
  const id = Buffer.from(bytesFromHex(traceId.padStart(2 * ID_LENGTH, '0')));
  const range = { start: id, end: Buffer.concat([id, AFTER_EVERY_SEQUENCE]) };
  return [...traces.getKeys(range)].map((key) => readSequence(key, ID_LENGTH));
}

const AFTER_EVERY_SEQUENCE = Buffer.alloc(SEQUENCE_LENGTH, 0xff);

/** The records of every trace. */
export function sequencesByTrace({ traces }: Tables): Map<TraceId, Set<number>> {
  const byTrace = new Map<TraceId, Set<number>>();
  for (const key of traces.getKeys()) {
    const traceId = traceIdFromBytes(key, 0);
    const sequences = byTrace.get(traceId);
    if (sequences === undefined) byTrace.set(traceId, new Set([readSequence(key, ID_LENGTH)]));
    else sequences.add(readSequence(key, ID_LENGTH));
  }
  return byTrace;
}

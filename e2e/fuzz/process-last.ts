import {
  BATCH_STRUCTS,
  binaryLayout,
  compactLayout,
  emitBatchCall,
  nestedBatch,
} from '@spoor/wire/testkit';

// No client is known that writes the process of a Batch behind its spans, so that no capture has it; Thrift allows it. In one
// struct of each a field that nobody knows is nested as deep as may be.

const batches = (layout: typeof compactLayout) =>
  BATCH_STRUCTS.map((where) => nestedBatch(layout, where, 64, 'spans first'));

/** Datagrams of UDP 6831. */
export const PROCESS_LAST_COMPACT = batches(compactLayout).map((batch) =>
  emitBatchCall(compactLayout, batch),
);

/** Datagrams of UDP 6832. */
export const PROCESS_LAST_BINARY = batches(binaryLayout).map((batch) =>
  emitBatchCall(binaryLayout, batch),
);

/** Bodies of HTTP 14268. */
export const PROCESS_LAST_BODIES = batches(binaryLayout).map((batch) => Uint8Array.from(batch));

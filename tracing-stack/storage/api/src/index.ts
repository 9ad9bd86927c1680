export type { ArchiveStore } from './archive-store.ts';
export type {
  CallSource,
  DependencyLink,
  DependencyStore,
  TraceCalls,
} from './dependency-store.ts';
export { type Calling, OpenCalls } from './open-calls.ts';
export type {
  Lease,
  OperationProbability,
  OperationThroughput,
  SamplingStore,
  Throughput,
} from './sampling-store.ts';
export type {
  Arrivals,
  Operation,
  OperationQuery,
  SearchOrder,
  SpanReader,
  SpanStore,
  SpanWriter,
  Store,
  TraceQuery,
} from './span-store.ts';
export { StorageError, type StorageErrorCode } from './storage-error.ts';
export { type SpanFormat, type StoredBatch, storedSpans } from './stored-batch.ts';

export type { KitSkip, KitStore, OpenKitStore } from './kit-store.ts';
export {
  binary,
  bool,
  float,
  int,
  NOON,
  RICH,
  type SampleBatch,
  type SampleSpan,
  sampleBatch,
  text,
} from './sample-batch.ts';
export { query as sampleQuery } from './sample-query.ts';
export { describeSpanStore } from './span-store-kit.ts';

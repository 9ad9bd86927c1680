export {
  type ArrivalSource,
  type ArrivedRecord,
  gatherArrivals,
} from './gather-arrivals.ts';
export { NewestTraces } from './newest-traces.ts';
export { compareOperations } from './operation-order.ts';
export { formatHash, hasTags, headerTagHashes } from './tag-match.ts';
export { Turn } from './turn.ts';

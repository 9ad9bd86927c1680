export {
  type ArrivalSource,
  type ArrivedRecord,
  gatherArrivals,
} from './gather-arrivals.ts';
export { compareOperations } from './operation-order.ts';
export { RankedTraces, rankOf } from './ranked-traces.ts';
export { formatHash, hasTags, headerTagHashes } from './tag-match.ts';
export { Turn } from './turn.ts';

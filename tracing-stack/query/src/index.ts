export { queryFlags, queryOptions } from './flags.ts';
export { type AdditionalRoute, type Query, type QueryOptions, startQuery } from './query.ts';

export { queryAdminFlag, queryFlags } from './flags.ts';
export { type Query, type QueryOptions, startQuery } from './query.ts';

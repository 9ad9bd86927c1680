export { queryAdminFlag, queryFlags } from './flags.ts';
export { type Query, type QueryOptions, startQuery } from './query.ts';
export { startQueryServer } from './query-server.ts';

export { startQueryServer } from './query-server.ts';

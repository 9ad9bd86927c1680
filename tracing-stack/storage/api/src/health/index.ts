export { type WatchedStore, watchStore } from './watch-store.ts';

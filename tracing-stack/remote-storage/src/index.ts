export { type RemoteStorageOptions, startRemoteStorage } from './remote-storage.ts';

export { remoteStorageFlags, remoteStorageOptions } from './flags.ts';
export {
  MAX_MESSAGE_BYTES,
  QUEUE_BYTES,
  type RemoteStorage,
  type RemoteStorageOptions,
  startRemoteStorage,
} from './remote-storage.ts';

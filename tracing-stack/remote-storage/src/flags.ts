import {
  DEFAULT_HOST,
  type FlagValues,
  hostPortFlag,
  REMOTE_STORAGE_GRPC_PORT,
} from '@spoor/platform';
import type { RemoteStorageOptions } from './remote-storage.ts';

/** The flags of the server, beside those of the store behind it. */
export const remoteStorageFlags = {
  'grpc.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: REMOTE_STORAGE_GRPC_PORT },
    'Where the store is served (gRPC)',
  ),
};

/** What the flags ask `startRemoteStorage` for. */
export function remoteStorageOptions(
  flags: FlagValues<typeof remoteStorageFlags>,
): Pick<RemoteStorageOptions, 'grpc'> {
  return { grpc: flags['grpc.host-port'] };
}

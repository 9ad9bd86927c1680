import {
  DEFAULT_HOST,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  isOwnAddress,
  REMOTE_STORAGE_GRPC_PORT,
  switchFlag,
  textFlag,
  UserError,
} from '@spoor/platform';
import type { RemoteStorageOptions } from './remote-storage.ts';

/** The flags of the server, beside those of the store behind it. */
export const remoteStorageFlags = {
  'grpc.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: REMOTE_STORAGE_GRPC_PORT },
    'Where the store is served (gRPC)',
  ),
  'grpc.tls.enabled': switchFlag('Whether it is served over TLS'),
  'grpc.tls.cert': textFlag('', 'PEM file of the certificate'),
  'grpc.tls.key': textFlag('', 'PEM file of its key'),
  'grpc.tls.client-ca': textFlag('', 'PEM file of the authority that clients must be certified by'),
};

/** What the flags ask `startRemoteStorage` for. */
export function remoteStorageOptions(
  flags: FlagValues<typeof remoteStorageFlags>,
): Pick<RemoteStorageOptions, 'grpc' | 'tls'> {
  return {
    grpc: flags['grpc.host-port'],
    tls: {
      enabled: flags['grpc.tls.enabled'],
      cert: flags['grpc.tls.cert'],
      key: flags['grpc.tls.key'],
      clientCa: flags['grpc.tls.client-ca'],
    },
  };
}

/** A remote storage may stand before another one, but not before itself, whatever name it gives itself. Throws `UserError`. */
export async function refuseOwnAddress(
  type: string,
  store: HostPort,
  own: HostPort,
): Promise<void> {
  if (type !== 'grpc' || !(await isOwnAddress(store, own))) return;
  const text = 'SPAN_STORAGE_TYPE=grpc with the own address: it would ask itself without end';
  throw new UserError('bad-flag', `[remote-storage] ${text}`);
}

import { REMOTE_STORAGE_ADMIN_PORT, runProgram } from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { refuseOwnAddress, remoteStorageFlags, remoteStorageOptions } from './flags.ts';
import { startRemoteStorage } from './remote-storage.ts';

void runProgram(
  {
    component: 'remote-storage',
    summary: 'Keeps spans for collectors and query services of other processes.',
    flags: { ...remoteStorageFlags, ...storageFlags },
    adminPort: REMOTE_STORAGE_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own }) => {
    await refuseOwnAddress(
      flags['span-storage.type'],
      flags['grpc-storage.server'],
      flags['grpc.host-port'],
    );
    const store = own(await openStore({ ...storageOptions(flags), logger, metrics }));
    own(await startRemoteStorage({ ...remoteStorageOptions(flags), store, logger, metrics }));
    return () => store.health();
  },
);

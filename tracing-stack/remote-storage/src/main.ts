import {
  createMetrics,
  DEFAULT_HOST,
  hostPortFlag,
  metricsRoute,
  parseFlags,
  programFlags,
  programLogger,
  REMOTE_STORAGE_ADMIN_PORT,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { refuseOwnAddress, remoteStorageFlags, remoteStorageOptions } from './flags.ts';
import { startRemoteStorage } from './remote-storage.ts';

void runMain('remote-storage', async () => {
  const flags = await parseFlags({
    component: 'remote-storage',
    summary: 'Keeps spans for collectors and query services of other processes.',
    flags: {
      ...remoteStorageFlags,
      'admin.http.host-port': hostPortFlag(
        { host: DEFAULT_HOST, port: REMOTE_STORAGE_ADMIN_PORT },
        'Where health and metrics are served',
      ),
      ...storageFlags,
      ...programFlags,
    },
  });
  refuseOwnAddress(
    flags['span-storage.type'],
    flags['grpc-storage.server'],
    flags['grpc.host-port'],
  );
  const logger = programLogger('remote-storage', flags);
  const metrics = createMetrics();
  return startTogether(async (own) => {
    // Health comes first: it says 503 while a large store is opened.
    const admin = own(
      await startAdminServer({
        component: 'remote-storage',
        ...flags['admin.http.host-port'],
        flag: 'admin.http.host-port',
        metrics,
        metricsRoute: metricsRoute(flags),
        logger,
      }),
    );
    const store = own(await openStore({ ...storageOptions(flags), logger, metrics }));
    const server = own(
      await startRemoteStorage({ ...remoteStorageOptions(flags), store, logger, metrics }),
    );
    admin.ready(() => store.check());
    return { ports: server.ports };
  });
});

import {
  COLLECTOR_ADMIN_PORT,
  createLogger,
  createMetrics,
  DEFAULT_HOST,
  hostPortFlag,
  logLevelFlag,
  parseFlags,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { startCollector } from './collector.ts';
import { collectorFlags, collectorOptions } from './flags.ts';

await runMain('collector', async () => {
  const flags = await parseFlags({
    component: 'collector',
    summary: 'Takes spans from agents and clients, and answers once they are stored.',
    flags: {
      ...collectorFlags,
      'admin.http.host-port': hostPortFlag(
        { host: DEFAULT_HOST, port: COLLECTOR_ADMIN_PORT },
        'Where health and metrics are served',
      ),
      ...storageFlags,
      'log-level': logLevelFlag(),
    },
  });
  const logger = createLogger({ name: 'collector', level: flags['log-level'] });
  const metrics = createMetrics();
  return startTogether(async (own) => {
    const store = own(
      await openStore({
        ...storageOptions(flags),
        writeOnly: true,
        logger,
        metrics,
      }),
    );
    const admin = own(
      await startAdminServer({
        component: 'collector',
        ...flags['admin.http.host-port'],
        flag: 'admin.http.host-port',
        check: () => store.check(),
        metrics,
      }),
    );
    const collector = own(
      await startCollector({ ...collectorOptions(flags), store, logger, metrics }),
    );
    admin.ready();
    return { ports: collector.ports };
  });
});

import {
  COLLECTOR_ADMIN_PORT,
  createMetrics,
  DEFAULT_HOST,
  hostPortFlag,
  metricsRoute,
  parseFlags,
  programFlags,
  programLogger,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { startCollector } from './collector.ts';
import { collectorFlags, collectorOptions } from './flags.ts';

void runMain('collector', async () => {
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
      ...programFlags,
    },
  });
  const logger = programLogger('collector', flags);
  const metrics = createMetrics();
  return startTogether(async (own) => {
    // Health comes first: it says 503 while a large store is opened.
    const admin = own(
      await startAdminServer({
        component: 'collector',
        ...flags['admin.http.host-port'],
        flag: 'admin.http.host-port',
        metrics,
        metricsRoute: metricsRoute(flags),
        logger,
      }),
    );
    const store = own(
      await openStore({
        ...storageOptions(flags),
        writeOnly: true,
        logger,
        metrics,
      }),
    );
    const collector = own(
      await startCollector({ ...collectorOptions(flags), store, logger, metrics }),
    );
    admin.ready(() => store.check());
    return { ports: collector.ports };
  });
});

import {
  createLogger,
  createMetrics,
  logLevelFlag,
  parseFlags,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { queryAdminFlag, queryFlags, queryOptions } from './flags.ts';
import { startQuery } from './query.ts';

await runMain('query', async () => {
  const flags = await parseFlags({
    component: 'query',
    summary: 'Serves the query API and the UI over what a collector stores, and waits for it.',
    flags: {
      ...queryFlags,
      'admin.http.host-port': queryAdminFlag,
      ...storageFlags,
      'log-level': logLevelFlag(),
    },
  });
  const logger = createLogger({ name: 'query', level: flags['log-level'] });
  const metrics = createMetrics();
  return startTogether(async (own) => {
    const store = own(
      await openStore({
        ...storageOptions(flags),
        readOnly: true,
        logger,
        metrics,
      }),
    );
    const check = () => store.check();
    const admin = own(
      await startAdminServer({
        component: 'query',
        ...flags['admin.http.host-port'],
        flag: 'admin.http.host-port',
        check,
        metrics,
      }),
    );
    const { host, port: httpPort } = flags['query.http-server.host-port'];
    const query = own(
      await startQuery({
        host,
        httpPort,
        reader: store.reader,
        check,
        ...queryOptions(flags),
        logger,
        metrics,
      }),
    );
    admin.ready();
    return { ports: query.ports };
  });
});

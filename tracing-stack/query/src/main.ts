import {
  createMetrics,
  metricsRoute,
  parseFlags,
  programFlags,
  programLogger,
  runMain,
  startAdminServer,
  startTogether,
} from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { queryAdminFlag, queryFlags, queryOptions } from './flags.ts';
import { startQuery } from './query.ts';

void runMain('query', async () => {
  const flags = await parseFlags({
    component: 'query',
    summary: 'Serves the query API and the UI over what a collector stores, and waits for it.',
    flags: {
      ...queryFlags,
      'admin.http.host-port': queryAdminFlag,
      ...storageFlags,
      ...programFlags,
    },
  });
  const logger = programLogger('query', flags);
  const metrics = createMetrics();
  return startTogether(async (own) => {
    // Health comes first: it says 503 while a large store is opened.
    const admin = own(
      await startAdminServer({
        component: 'query',
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
        readOnly: true,
        logger,
        metrics,
      }),
    );
    const check = () => store.check();
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
    admin.ready(check);
    return { ports: query.ports };
  });
});

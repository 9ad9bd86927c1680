import {
  createLogger,
  createMetrics,
  logLevelFlag,
  parseFlags,
  runMain,
  startAdminServer,
  textFlag,
} from '@spoor/platform';
import { openStore } from '@spoor/storage-registry';
import { queryAdminFlag, queryFlags } from './flags.ts';
import { startQuery } from './query.ts';

const DEFAULT_DIRECTORY = '.spoor/data';

await runMain('query', async () => {
  const flags = await parseFlags({
    component: 'query',
    summary: 'Serves the query API and the UI; reads what a collector stores, and waits for it.',
    flags: {
      ...queryFlags,
      'admin.http.host-port': queryAdminFlag,
      'embedded.directory': textFlag(DEFAULT_DIRECTORY, 'Folder of the embedded store'),
      'span-storage.type': textFlag('embedded', 'Kind of the store'),
      'log-level': logLevelFlag(),
    },
  });
  const logger = createLogger({ name: 'query', level: flags['log-level'] });
  const metrics = createMetrics();
  const store = await openStore({
    type: flags['span-storage.type'],
    embedded: { directory: flags['embedded.directory'] },
    readOnly: true,
    logger,
    metrics,
  });
  const check = () => store.check();

  const admin = await startAdminServer({
    component: 'query',
    ...flags['admin.http.host-port'],
    check,
    metrics,
    flag: 'admin.http.host-port',
  });
  const { host, port } = flags['query.http-server.host-port'];
  const uiDirectory = flags['query.static-files'];
  const query = await startQuery({
    host,
    httpPort: port,
    reader: store.reader,
    check,
    basePath: flags['query.base-path'],
    ...(uiDirectory !== '' && { uiDirectory }),
    logger,
    metrics,
  });
  admin.ready();
  return {
    async close() {
      await query.close();
      await admin.close();
      await store.close();
    },
  };
});

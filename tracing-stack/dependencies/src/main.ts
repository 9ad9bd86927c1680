import { logFlags, parseFlags, programLogger, runJob } from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { countDependencies } from './count-dependencies.ts';
import { dependenciesFlags } from './flags.ts';

void runJob('dependencies', async () => {
  const flags = await parseFlags({
    component: 'dependencies',
    summary: 'Counts which service called which in Elasticsearch or Cassandra, since its last run.',
    flags: { ...dependenciesFlags, ...storageFlags, ...logFlags },
  });
  const logger = programLogger('dependencies', flags);
  const store = await openStore({ ...storageOptions(flags), readOnly: true, logger });
  try {
    const counted = await countDependencies({
      dependencies: store.dependencies,
      now: Date.now() * 1000,
      lookback: flags['dependencies.lookback'],
      lateness: flags['dependencies.lateness'],
      logger,
    });
    logger.info(counted, 'counted all');
  } finally {
    await store.close();
  }
});

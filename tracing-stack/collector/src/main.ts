import { COLLECTOR_ADMIN_PORT, runProgram } from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { startCollector } from './collector.ts';
import { collectorFlags, collectorOptions } from './flags.ts';

void runProgram(
  {
    component: 'collector',
    summary: 'Takes spans from agents and clients, and answers once they are stored.',
    flags: { ...collectorFlags, ...storageFlags },
    adminPort: COLLECTOR_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own }) => {
    const asked = storageOptions(flags);
    const store = own(await openStore({ ...asked, writeOnly: true, logger, metrics }));
    own(await startCollector({ ...collectorOptions(flags), store, logger, metrics }));
    return () => store.health();
  },
);

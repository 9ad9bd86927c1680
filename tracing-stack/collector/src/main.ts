import { COLLECTOR_ADMIN_PORT, runProgram, wireFlags } from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { MessageRing, wireAnswer } from '@spoor/wire';
import { startCollector } from './collector.ts';
import { collectorFlags, collectorOptions } from './flags.ts';

void runProgram(
  {
    component: 'collector',
    summary: 'Takes spans from agents and clients, and answers once they are stored.',
    flags: { ...collectorFlags, ...storageFlags, ...wireFlags(0) },
    adminPort: COLLECTOR_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own, serve }) => {
    const asked = storageOptions(flags);
    const store = own(await openStore({ ...asked, writeOnly: true, logger, metrics }));
    const ring = new MessageRing(flags['wire.memory-bytes']);
    serve('/wire', (parameters) => wireAnswer(ring, parameters));
    own(await startCollector({ ...collectorOptions(flags), store, ring, logger, metrics }));
    return () => store.health();
  },
);

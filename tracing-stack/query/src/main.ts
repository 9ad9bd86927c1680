import { QUERY_ADMIN_PORT, runProgram } from '@spoor/platform';
import { openStore, storageFlags, storageOptions } from '@spoor/storage-registry';
import { queryFlags, queryOptions } from './flags.ts';
import { startQuery } from './query.ts';

void runProgram(
  {
    component: 'query',
    summary: 'Serves the query API and the UI over what a collector stores, and waits for it.',
    flags: { ...queryFlags, ...storageFlags },
    adminPort: QUERY_ADMIN_PORT,
  },
  async ({ flags, logger, metrics, own }) => {
    const asked = storageOptions(flags);
    const store = own(await openStore({ ...asked, readOnly: true, logger, metrics }));
    const http = flags['query.http-server.host-port'];
    const grpc = flags['query.grpc-server.host-port'];
    own(await startQuery({ ...queryOptions(flags), http, grpc, store, logger, metrics }));
    return () => store.health();
  },
);

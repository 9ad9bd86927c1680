import { startUdpReceiver } from '@spoor/agent';
import { spanProcessor } from '@spoor/collector';
import { startQueryServer } from '@spoor/query';
import { openEmbeddedStore } from '@spoor/storage-registry';

/** The components in one process, joined by function calls. Port 0 takes any free port. */
export async function startAllInOne(options: {
  directory: string;
  agentPort: number;
  queryPort: number;
}) {
  const store = openEmbeddedStore(options.directory);
  const process = spanProcessor(store.writer, Date.now);
  const agent = await startUdpReceiver(options.agentPort, (batch) => void process(batch));
  const query = await startQueryServer(options.queryPort, store.reader);
  return {
    agentPort: agent.port,
    queryPort: query.port,
    async close() {
      await agent.close();
      await query.close();
      await store.close();
    },
  };
}

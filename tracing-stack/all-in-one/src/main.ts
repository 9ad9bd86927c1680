import { agentFlags } from '@spoor/agent';
import { collectorFlags } from '@spoor/collector';
import {
  AGENT_ADMIN_PORT,
  COLLECTOR_ADMIN_PORT,
  createLogger,
  DEFAULT_HOST,
  hostPortFlag,
  logLevelFlag,
  parseFlags,
  QUERY_ADMIN_PORT,
  runMain,
  textFlag,
} from '@spoor/platform';
import { queryFlags } from '@spoor/query';
import { startAllInOne } from './all-in-one.ts';

const MEBIBYTE = 1024 * 1024;

await runMain('all-in-one', async () => {
  const flags = await parseFlags({
    component: 'all-in-one',
    summary: 'Agent, collector, query and UI in one process, on a store of its own.',
    flags: {
      ...agentFlags,
      ...collectorFlags,
      ...queryFlags,
      'admin.http.host-port': adminFlag(COLLECTOR_ADMIN_PORT, 'health and metrics'),
      'agent.admin.http.host-port': adminFlag(AGENT_ADMIN_PORT, "the agent's health and metrics"),
      'query.admin.http.host-port': adminFlag(QUERY_ADMIN_PORT, "query's health and metrics"),
      'span-storage.type': textFlag('embedded', 'Where spans are stored'),
      'embedded.directory': textFlag('.spoor/data', 'Folder of the embedded store'),
      'log-level': logLevelFlag(),
    },
  });
  const addresses = {
    agentCompact: flags['processor.jaeger-compact.server-host-port'],
    agentAdmin: flags['agent.admin.http.host-port'],
    collectorGrpc: flags['collector.grpc-server.host-port'],
    collectorAdmin: flags['admin.http.host-port'],
    queryHttp: flags['query.http-server.host-port'],
    queryAdmin: flags['query.admin.http.host-port'],
  };
  const uiDirectory = flags['query.static-files'];
  const stack = await startAllInOne({
    hosts: mapValues(addresses, ({ host }) => host),
    ports: mapValues(addresses, ({ port }) => port),
    storage: {
      type: flags['span-storage.type'],
      embedded: { directory: flags['embedded.directory'] },
    },
    agent: {
      maxPacketSize: flags['processor.jaeger-compact.server-max-packet-size'],
      receiveBufferBytes: flags['processor.jaeger-compact.server-socket-buffer-size'],
      queueBytes: flags['agent.queue-size-bytes'],
    },
    collector: {
      queueBytes: flags['collector.queue-size-memory'] * MEBIBYTE,
      maxMessageBytes: flags['collector.grpc-server.max-message-size'],
    },
    query: {
      basePath: flags['query.base-path'],
      ...(uiDirectory !== '' && { uiDirectory }),
    },
    logger: createLogger({ name: 'all-in-one', level: flags['log-level'] }),
  });
  process.stdout.write(`${stack.queryUrl}\n`);
  return stack;
});

function adminFlag(port: number, what: string) {
  return hostPortFlag({ host: DEFAULT_HOST, port }, `Where ${what} are served`);
}

function mapValues<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (value: V) => W,
): Record<K, W> {
  const entries = Object.entries<V>(record).map(([key, value]) => [key, map(value)]);
  return Object.fromEntries(entries) as Record<K, W>;
}

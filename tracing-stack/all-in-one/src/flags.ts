import { agentFlags, agentOptions } from '@spoor/agent';
import { collectorFlags, collectorOptions } from '@spoor/collector';
import {
  AGENT_ADMIN_PORT,
  COLLECTOR_ADMIN_PORT,
  DEFAULT_HOST,
  type FlagValues,
  hostPortFlag,
  metricsRoute,
  programFlags,
  QUERY_ADMIN_PORT,
  wireFlags,
} from '@spoor/platform';
import { queryFlags, queryOptions } from '@spoor/query';
import { storageFlags, storageOptions } from '@spoor/storage-registry';
import { type AllInOneOptions, WIRE_BYTES } from './all-in-one.ts';

/** The flags of all-in-one, and of every program that starts one. */
export const allInOneFlags = {
  ...agentFlags,
  ...collectorFlags,
  ...queryFlags,
  'admin.http.host-port': adminFlag(COLLECTOR_ADMIN_PORT, 'health and metrics'),
  'agent.admin.http.host-port': adminFlag(AGENT_ADMIN_PORT, "the agent's health and metrics"),
  'query.admin.http.host-port': adminFlag(QUERY_ADMIN_PORT, "query's health and metrics"),
  ...wireFlags(WIRE_BYTES),
  ...storageFlags,
  ...programFlags,
};

/** What the flags ask `startAllInOne` for. */
export function allInOneOptions(
  flags: FlagValues<typeof allInOneFlags>,
): Omit<AllInOneOptions, 'logger' | 'clock'> {
  const hasOtlp = flags['collector.otlp.enabled'];
  const addresses = {
    agentCompact: flags['processor.jaeger-compact.server-host-port'],
    agentBinary: flags['processor.jaeger-binary.server-host-port'],
    agentHttp: flags['http-server.host-port'],
    agentAdmin: flags['agent.admin.http.host-port'],
    collectorGrpc: flags['collector.grpc-server.host-port'],
    collectorHttp: flags['collector.http-server.host-port'],
    collectorTchannel: flags['collector.port'],
    agentZipkin: flags['processor.zipkin-compact.server-host-port'],
    collectorZipkin: flags['collector.zipkin.host-port'],
    collectorOtlpGrpc: flags['collector.otlp.grpc.host-port'],
    collectorOtlpHttp: flags['collector.otlp.http.host-port'],
    collectorAdmin: flags['admin.http.host-port'],
    queryHttp: flags['query.http-server.host-port'],
    queryGrpc: flags['query.grpc-server.host-port'],
    queryAdmin: flags['query.admin.http.host-port'],
  };
  return {
    hosts: definedValues(addresses, (address) => address?.host),
    ports: {
      ...definedValues(addresses, (address) => address?.port),
      // Otherwise it would be the usual one.
      ...(!hasOtlp && { collectorOtlpGrpc: undefined, collectorOtlpHttp: undefined }),
    },
    storage: storageOptions(flags),
    agent: agentOptions(flags),
    collector: collectorOptions(flags),
    query: queryOptions(flags),
    metricsRoute: metricsRoute(flags),
    wireBytes: flags['wire.memory-bytes'],
  };
}

function adminFlag(port: number, what: string) {
  return hostPortFlag({ host: DEFAULT_HOST, port }, `Where ${what} are served`);
}

/** Without those that are not there. */
function definedValues<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (value: V) => W | undefined,
): Partial<Record<K, W>> {
  const entries = Object.entries<V>(record).map(([key, value]) => [key, map(value)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Partial<
    Record<K, W>
  >;
}

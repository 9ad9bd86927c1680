import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openCassandraStore } from '@spoor/storage-cassandra';
import { startServer } from '../stores/server-script.ts';
import { minorOf, type Peer } from './peers.ts';
import { startComponent } from './running.ts';

/** Room for spans that nobody wrote to before: what collectors and query services are told to share it. */
export interface Area {
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  close(): Promise<void>;
}

/** Where one program writes and another reads. */
export interface Store {
  readonly name: string;
  /** Whose query answers are recorded for it. */
  readonly recorded: 'elasticsearch' | 'cassandra';
  start(): Promise<RunningStore>;
}

export interface RunningStore {
  area(name: string): Promise<Area>;
  close(): Promise<void>;
}

/** The span storage in memory, behind the remote-storage program of `peer`. */
export function remoteStorage(peer: Peer): Store {
  return {
    name: `remote-storage of ${peer.version}`,
    recorded: 'elasticsearch',
    async start() {
      return {
        async area() {
          const env = { SPAN_STORAGE_TYPE: 'memory' };
          const { stop } = await startComponent(peer, 'remote-storage', { env });
          return {
            env: { SPAN_STORAGE_TYPE: 'grpc' },
            flags: ['--grpc-storage.server=127.0.0.1:17271'],
            close: stop,
          };
        },
        close: async () => {},
      };
    },
  };
}

/** An area is a prefix of the indices. */
export function elasticsearch(version: string): Store {
  return {
    name: `Elasticsearch ${version}`,
    recorded: 'elasticsearch',
    async start() {
      const server = await startServer('elasticsearch', ['--version', version]);
      return {
        area: async (name) => ({
          env: { SPAN_STORAGE_TYPE: 'elasticsearch' },
          flags: [`--es.server-urls=${server.address}`, `--es.index-prefix=${name}`, ...ONE_SHARD],
          close: async () => {},
        }),
        close: () => server.stop(),
      };
    },
  };
}

const ONE_SHARD = ['--es.num-shards=1', '--es.num-replicas=0'];

/** An area is a keyspace; ours makes its tables, for Jaeger leaves that to a job. */
export function cassandra(version: string): Store {
  return {
    name: `Cassandra ${version}`,
    recorded: 'cassandra',
    async start() {
      const server = await startServer('cassandra', []);
      const [host = '', port = ''] = server.address.split(':');
      return {
        async area(name) {
          const keyspace = `interop_${name}`;
          const made = await openCassandraStore({
            servers: [server.address],
            keyspace,
            createSchema: true,
          });
          await made.check();
          await made.close();
          return {
            env: { SPAN_STORAGE_TYPE: 'cassandra' },
            flags: [
              ...[`--cassandra.servers=${host}`, `--cassandra.port=${port}`],
              `--cassandra.keyspace=${keyspace}`,
            ],
            close: async () => {},
          };
        },
        close: () => server.stop(),
      };
    },
  };
}

/** The stores that both Jaegers know. One that has a remote-storage program can be its client. */
export function storesFor(ours: Peer, theirs: Peer, servers: readonly Store[]): Store[] {
  // The same program on both sides needs no second look.
  const peers = ours.folder === theirs.folder ? [ours] : [ours, theirs];
  const remote = peers.every(({ flags }) => flags['remote-storage']) ? peers : [];
  return [
    ...remote.map(remoteStorage),
    ...servers.filter(
      ({ name }) => !name.startsWith('Elasticsearch 8') || knowsElasticsearch8(theirs),
    ),
  ];
}

/** It came to Jaeger with 1.49. */
function knowsElasticsearch8(peer: Peer): boolean {
  return minorOf(peer) >= 49;
}

const SERVERS = fileURLToPath(new URL('../servers', import.meta.url));

/** The servers whose jars have been fetched (`e2e/servers/STORE/start.sh --fetch`). Of a store that has none it says so. */
export function fetchedServers(): Store[] {
  const versions = (store: string) => {
    const cache = `${SERVERS}/${store}/.cache`;
    const found = existsSync(cache) ? readdirSync(cache) : [];
    const complete = found.filter((version) => existsSync(`${cache}/${version}/complete`));
    if (complete.length === 0) {
      const fetch = `e2e/servers/${store}/start.sh --fetch`;
      console.log(`[interop] no mix over ${store}: its jars are not there, ${fetch} gets them`);
    }
    return complete;
  };
  return [
    ...versions('elasticsearch').sort().map(elasticsearch),
    ...versions('cassandra').map(cassandra),
  ];
}

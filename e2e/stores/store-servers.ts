import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningServer, startServer } from './server-script.ts';

/** A server that goes and comes back with its data, at the same address. Disposing of it stops it and removes them. */
export interface StoreServer extends AsyncDisposable {
  /** `HOST:PORT`. */
  readonly address: string;
  /** What tells our programs of it. */
  readonly flags: readonly string[];
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Until `goOn` it holds its connections and does nothing. */
  holdUp(): void;
  goOn(): void;
}

export async function elasticsearchServer(version: string): Promise<StoreServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  return storeServer('elasticsearch', ['--port', `${port}`, '--version', version], {
    address,
    flags: [
      '--span-storage.type=elasticsearch',
      `--es.server-urls=http://${address}`,
      '--es.num-shards=1',
      '--es.num-replicas=0',
    ],
  });
}

/** As Cassandra is set up by default, it answers before its disk has a write; this one does not. */
export async function cassandraServer(): Promise<StoreServer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const internode = ['--internode-port', `${await freePort()}`];
  return storeServer('cassandra', ['--port', `${port}`, ...internode, '--sync', 'batch'], {
    address,
    flags: [
      '--span-storage.type=cassandra',
      `--cassandra.servers=${address}`,
      '--cassandra.create-schema=true',
    ],
  });
}

async function storeServer(
  store: string,
  serverFlags: readonly string[],
  told: Pick<StoreServer, 'address' | 'flags'>,
): Promise<StoreServer> {
  const folder = await mkdtemp(join(tmpdir(), `spoor-${store}-`));
  let running: RunningServer | undefined;
  return {
    ...told,
    async start() {
      running = await startServer(store, serverFlags, folder);
    },
    kill: async () => running?.kill(),
    holdUp: () => running?.signal('SIGSTOP'),
    goOn: () => running?.signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      running?.signal('SIGCONT');
      await running?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

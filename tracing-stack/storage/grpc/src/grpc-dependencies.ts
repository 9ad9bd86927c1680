import type { Micros } from '@spoor/model';
import { timeMessage } from '@spoor/platform/grpc';
import type { Calling, DependencyLink, DependencyStore } from '@spoor/storage-api';
import { LinkCounts } from '@spoor/storage-api/dependencies';
import type { Methods } from './services.ts';
import type { StorageConnection } from './storage-connection.ts';

/** As proto-loader reads it: a uint64 is a text. */
interface LinkMessage {
  readonly parent: string;
  readonly child: string;
  readonly callCount: string;
}

/**
 * The graph of the services of the store in another process: read by Jaeger's protocol, and written by ours. Who counts
 * the calls of a store that does not does so where the store is.
 */
export class GrpcDependencies implements DependencyStore {
  private readonly connection: StorageConnection;
  private readonly methods: Methods;
  private readonly calling: Calling;

  constructor(connection: StorageConnection, methods: Methods, calling: Calling) {
    this.connection = connection;
    this.methods = methods;
    this.calling = calling;
  }

  async read(endTs: Micros, lookback: Micros): Promise<DependencyLink[]> {
    const request = { startTime: timeMessage(endTs - lookback), endTime: timeMessage(endTs) };
    const { dependencies } = await this.calling(() =>
      this.connection.unary<{ dependencies: readonly LinkMessage[] }>(
        this.methods.getDependencies,
        request,
      ),
    );
    // Jaeger's own stores give a link for each time that one was written.
    const links = new LinkCounts();
    for (const { callCount, ...link } of dependencies) links.add(link, Number(callCount));
    return links.all();
  }

  async write(timestamp: Micros, links: readonly DependencyLink[]): Promise<void> {
    const request = { timestamp: BigInt(Math.floor(timestamp)).toString(), links };
    await this.calling(() => this.connection.unary(this.methods.writeLinks, request));
  }
}

import type { HostPort, Metrics } from '@spoor/platform';
import { CollectorConnection } from './collector-connection.ts';

/** The connections to all collectors that an agent knows. */
export class CollectorConnections {
  private readonly all: readonly CollectorConnection[];
  private turn = 0;

  constructor(collectors: readonly HostPort[], metrics: Metrics) {
    this.all = collectors.map((collector) => new CollectorConnection(collector));
    const connected = metrics.gauge(
      'jaeger_agent_connection_status_collector_connected',
      'Collectors that the agent is connected to',
      ['protocol'],
    );
    metrics.onRead(() =>
      connected.set({ protocol: 'grpc' }, this.all.filter((one) => one.connected).length),
    );
  }

  get count(): number {
    return this.all.length;
  }

  /** One after the other; `undefined` if there is none. */
  next(): CollectorConnection | undefined {
    return this.all[this.turn++ % this.all.length];
  }

  /** Calls under way reject with CANCELLED. */
  close(): void {
    for (const connection of this.all) connection.close();
  }
}

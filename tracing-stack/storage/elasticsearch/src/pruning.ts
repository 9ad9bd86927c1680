import type { Logger } from '@spoor/platform';
import { type Connection, pathOf } from './connection.ts';
import { searchPages } from './search-request.ts';

/** A request. */
const ENTRIES = 1000;
const HOUR_MS = 3_600_000;
/** How long a batch that arrived can be read as one that arrived. */
const KEPT_MS = 24 * HOUR_MS;

/**
 * Removes old entries from the log of arrivals, of which nobody else takes care. Spans stay: indices of theirs are removed
 * by whoever removes Jaeger's.
 */
export class Pruning {
  private readonly connection: Connection;
  private readonly index: string;
  private readonly clock: () => number;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, index: string, clock: () => number, logger: Logger) {
    this.connection = connection;
    this.index = index;
    this.clock = clock;
    this.logger = logger;
  }

  /** Now and every hour. */
  start(): void {
    if (this.timer) return;
    this.timer = setInterval(() => void this.prune(), HOUR_MS);
    this.timer.unref();
    void this.prune();
  }

  private async prune(): Promise<void> {
    try {
      await this.connection.request({ method: 'POST', path: pathOf([this.index], '_refresh') });
      const query = { range: { time: { lt: this.clock() - KEPT_MS } } };
      const sort = [{ time: 'asc' }];
      for await (const page of searchPages(
        this.connection,
        [this.index],
        { query, sort },
        ENTRIES,
      )) {
        const lines = page.map(({ _index, _id }) => ({ delete: { _index, _id } }));
        await this.connection.request({ method: 'POST', path: '/_bulk', lines });
      }
    } catch (error) {
      this.logger.debug({ err: error }, 'old arrivals stay for another hour');
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

import type { Logger } from '@spoor/platform';
import type { Connection } from './connection.ts';

/** Where a document is. */
export interface StoredDocument {
  readonly index: string;
  readonly id: string;
}

/** Documents a request. */
const ACTIONS = 1000;
const PAUSE_MS = 1000;
/** Beyond that the oldest are left where they are. */
const MOST = 1_000_000;

interface DeleteAnswer {
  readonly items: readonly { readonly delete: { readonly status: number } }[];
}

const NOT_FOUND = 404;
const isGone = (status = 0) => status === NOT_FOUND || (status >= 200 && status < 300);

/**
 * Takes back what was stored of batches that were refused as a whole. It goes on until it is done or the store is closed;
 * what is left then stays, and is told.
 */
export class Rollback {
  private readonly connection: Connection;
  private readonly logger: Logger;
  private left: StoredDocument[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(connection: Connection, logger: Logger) {
    this.connection = connection;
    this.logger = logger;
  }

  add(documents: readonly StoredDocument[]): void {
    if (documents.length === 0) return;
    this.left = this.left.concat(documents).slice(-MOST);
    this.run();
  }

  private run(): void {
    if (this.running || this.timer) return;
    this.running = this.deleteAll().finally(() => {
      this.running = undefined;
      if (this.left.length === 0 || this.closed) return;
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.run();
      }, PAUSE_MS);
      this.timer.unref();
    });
  }

  private async deleteAll(): Promise<void> {
    while (this.left.length > 0 && !this.closed) {
      const documents = this.left.slice(0, ACTIONS);
      const lines = documents.map(({ index, id }) => ({ delete: { _index: index, _id: id } }));
      try {
        const { items } = await this.connection.request<DeleteAnswer>({
          method: 'POST',
          path: '/_bulk',
          query: { filter_path: 'items.delete.status' },
          lines,
        });
        const refused = documents.filter((_, i) => !isGone(items[i]?.delete.status));
        this.left = this.left.slice(documents.length).concat(refused);
        if (refused.length > 0) return;
      } catch (error) {
        this.logger.debug({ err: error }, 'what is left of a refused batch is still there');
        return;
      }
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    if (this.left.length > 0) await (this.running ?? this.deleteAll());
    this.closed = true;
    if (this.left.length === 0) return;
    const message = 'documents of refused batches are left: their spans may be found twice';
    this.logger.warn({ documents: this.left.length }, message);
  }
}

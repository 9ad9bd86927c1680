import { endsBefore, type Logger } from '@spoor/platform';
import { externally } from './bulk-request.ts';
import type { Connection } from './connection.ts';

/** Where a document is. */
export interface StoredDocument {
  readonly index: string;
  readonly id: string;
}

/** Of a document that may be taken back. */
export const STORED_VERSION = 1;
/**
 * Of the deletion. Elasticsearch remembers it for a minute (`index.gc_deletes`), so that a request which it carries out late,
 * when nobody waits for the answer any more, does not bring the document back.
 */
const DELETED_VERSION = STORED_VERSION + 1;

/** Documents a request. */
const ACTIONS = 1000;
const PAUSE_MS = 1000;
/** Beyond that others are left where they are. */
const MOST = 1_000_000;
const LEFT_BEHIND = 'documents of refused batches are left: their spans may be found twice';

interface DeleteAnswer {
  readonly items: readonly { readonly delete: { readonly status: number } }[];
}

/** It was not there, or is deleted already. */
const GONE: readonly number[] = [404, 409];
const isGone = (status = 0) => GONE.includes(status) || (status >= 200 && status < 300);

/**
 * Takes back what was stored of batches that were refused as a whole. It goes on until it is done or the store is closed;
 * what is left then stays, and is told.
 */
export class Rollback {
  private readonly connection: Connection;
  private readonly logger: Logger;
  /** How many documents nobody takes back any more. */
  leftBehind = 0;
  private readonly most: number;
  private left: StoredDocument[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private closed = false;

  constructor(connection: Connection, logger: Logger, most = MOST) {
    this.connection = connection;
    this.logger = logger;
    this.most = most;
  }

  add(documents: readonly StoredDocument[]): void {
    if (documents.length === 0) return;
    const room = this.most - this.left.length;
    this.left = this.left.concat(documents.slice(0, room));
    this.leaveBehind(Math.max(0, documents.length - room));
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
      const lines = documents.map(({ index, id }) => ({
        delete: { _index: index, _id: id, ...externally(DELETED_VERSION) },
      }));
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

  async close(deadline: AbortSignal): Promise<void> {
    clearTimeout(this.timer);
    if (this.left.length > 0) await endsBefore(deadline, this.running ?? this.deleteAll());
    this.closed = true;
    this.leaveBehind(this.left.length);
  }

  private leaveBehind(documents: number): void {
    if (documents === 0) return;
    this.leftBehind += documents;
    this.logger.warn({ documents }, LEFT_BEHIND);
  }
}

import type { Logger } from '@spoor/platform';
import { statusOf } from './answer-error.ts';
import { type Connection, pathOf } from './connection.ts';

interface Running {
  readonly done: Promise<void>;
  /** Begins when `done` has ended, for all who came in between. */
  next: Promise<void> | undefined;
}

/**
 * Makes what was written findable. Elasticsearch shows documents only from the next refresh on, once a second by default
 * and later where nobody searches, so a reader asks for one before it searches.
 */
export class Refresher {
  private readonly connection: Connection;
  private readonly logger: Logger;
  private readonly running = new Map<string, Running>();
  private isAllowed = true;

  constructor(connection: Connection, logger: Logger) {
    this.connection = connection;
    this.logger = logger;
  }

  /** Resolves when a refresh has ended that began after the call. Callers at the same time share one. */
  async refresh(indices: readonly string[]): Promise<void> {
    if (!this.isAllowed) return;
    const path = pathOf(indices, '_refresh');
    const running = this.running.get(path);
    if (running === undefined) return this.start(path);
    running.next ??= running.done.catch(() => undefined).then(() => this.start(path));
    return running.next;
  }

  private start(path: string): Promise<void> {
    const running: Running = { done: this.send(path), next: undefined };
    this.running.set(path, running);
    return running.done.finally(() => {
      if (this.running.get(path) === running) this.running.delete(path);
    });
  }

  private async send(path: string): Promise<void> {
    const query = { ignore_unavailable: true, filter_path: '_shards' };
    try {
      await this.connection.request({ method: 'POST', path, query });
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
      this.isAllowed = false;
      const message =
        'may not refresh (it takes the privilege `maintenance`): spans are found late';
      this.logger.warn({ err: error }, message);
    }
  }
}

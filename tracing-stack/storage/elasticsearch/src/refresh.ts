import type { Logger } from '@spoor/platform';
import { statusOf } from './answer-error.ts';
import { type Connection, pathOf } from './connection.ts';

interface Running {
  readonly done: Promise<boolean>;
  /** Begins when `done` has ended, for all who came in between. */
  next: Promise<boolean> | undefined;
}

/** How long none is asked for once one was refused, which may have been for a moment. */
const REFUSED_MS = 60_000;

/**
 * Makes what was written findable. Elasticsearch shows documents only from the next refresh on, once a second by default
 * and later where nobody searches, so a reader asks for one before it searches.
 */
export class Refresher {
  private readonly connection: Connection;
  private readonly logger: Logger;
  private readonly running = new Map<string, Running>();
  /** In milliseconds, steadily. */
  private readonly clock: () => number;
  private refusedUntil = Number.NEGATIVE_INFINITY;
  private isTold = false;

  constructor(connection: Connection, logger: Logger, clock = () => performance.now()) {
    this.connection = connection;
    this.logger = logger;
    this.clock = clock;
  }

  /**
   * Resolves when a refresh has ended that began after the call, with `false` if we may not ask for one. Callers at the same
   * time share one.
   */
  async refresh(indices: readonly string[]): Promise<boolean> {
    if (this.clock() < this.refusedUntil) return false;
    const path = pathOf(indices, '_refresh');
    const running = this.running.get(path);
    if (running === undefined) return this.start(path);
    running.next ??= running.done.catch(() => false).then(() => this.start(path));
    return running.next;
  }

  private start(path: string): Promise<boolean> {
    const running: Running = { done: this.send(path), next: undefined };
    this.running.set(path, running);
    return running.done.finally(() => {
      if (this.running.get(path) === running) this.running.delete(path);
    });
  }

  private async send(path: string): Promise<boolean> {
    const query = { ignore_unavailable: true, filter_path: '_shards' };
    try {
      await this.connection.request({ method: 'POST', path, query });
      this.isTold = false;
      return true;
    } catch (error) {
      if (statusOf(error) !== 403) throw error;
      this.refusedUntil = this.clock() + REFUSED_MS;
      const message =
        'may not refresh (it takes the privilege `maintenance`): spans are found late';
      if (!this.isTold) this.logger.warn({ err: error }, message);
      this.isTold = true;
      return false;
    }
  }
}

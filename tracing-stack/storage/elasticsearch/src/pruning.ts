import type { Logger } from '@spoor/platform';
import { codeOfStatus, storageError } from './answer-error.ts';
import type { Connection } from './connection.ts';
import { searchPages } from './search-request.ts';

/** Documents a request. */
const ENTRIES = 1000;
const HOUR_MS = 3_600_000;
/** How long a batch that arrived can be read as one that arrived. */
export const ARRIVALS_KEPT_MS = 24 * HOUR_MS;

/** Documents of ours that grow old. */
export interface Aging {
  readonly index: string;
  /** The field with the time, in milliseconds since 1970. */
  readonly field: string;
  readonly keptMs: number;
}

interface DeleteAnswer {
  readonly items: readonly {
    readonly delete: {
      readonly status: number;
      readonly error?: { readonly type: string; readonly reason: string };
    };
  }[];
}

/** It was not there, or was written again meanwhile. */
const LEFT: readonly number[] = [404, 409];

/**
 * Removes old documents from indices of our own, of which nobody else takes care. Spans stay: indices of theirs are removed
 * by whoever removes Jaeger's.
 */
export class Pruning {
  private readonly connection: Connection;
  private readonly aging: readonly Aging[];
  private readonly clock: () => number;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private isTold = false;

  constructor(
    connection: Connection,
    aging: readonly Aging[],
    clock: () => number,
    logger: Logger,
  ) {
    this.connection = connection;
    this.aging = aging;
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
      for (const one of this.aging) await this.pruneOne(one);
      this.isTold = false;
    } catch (error) {
      const level = this.isTold ? 'debug' : 'warn';
      this.logger[level]({ err: error }, 'cannot remove old entries, tries again every hour');
      this.isTold = true;
    }
  }

  private async pruneOne({ index, field, keptMs }: Aging): Promise<void> {
    // Whoever may delete may refresh with it, and `_refresh` alone takes another privilege.
    await this.remove([{ _index: index, _id: 'none' }]);
    const body = {
      query: { range: { [field]: { lt: Math.max(0, this.clock() - keptMs) } } },
      sort: [{ [field]: 'asc' }],
      seq_no_primary_term: true,
    };
    for await (const page of searchPages(this.connection, [index], body, ENTRIES)) {
      await this.remove(
        page.map(({ _index, _id, _seq_no, _primary_term }) => ({
          _index,
          _id,
          // Not what was written again since it was found.
          if_seq_no: _seq_no,
          if_primary_term: _primary_term,
        })),
      );
    }
  }

  private async remove(documents: readonly object[]): Promise<void> {
    const { items } = await this.connection.request<DeleteAnswer>({
      method: 'POST',
      path: '/_bulk',
      query: { refresh: true },
      lines: documents.map((document) => ({ delete: document })),
    });
    for (const { status, error } of items.map((item) => item.delete)) {
      if (status < 300 || LEFT.includes(status)) continue;
      const { type, reason } = error ?? {};
      throw storageError(codeOfStatus(status, type), `refused to delete: ${type}: ${reason}`);
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

import { randomUUID } from 'node:crypto';
import { statusOf } from './answer-error.ts';
import { type Connection, pathOf } from './connection.ts';
import type { Retries } from './retrying.ts';

/** Documents of a batch that stand one after the other and are in the same index. */
export interface ArrivalRun {
  readonly index: string;
  /** The place of the first in the batch. */
  readonly first: number;
  readonly count: number;
}

/** Where the spans of a batch are. */
export interface ArrivedBatch {
  readonly id: string;
  readonly runs: readonly ArrivalRun[];
}

/** A document of the index of arrivals: the batches that were stored by then, in their order. */
export interface ArrivalDocument {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly batches: readonly ArrivedBatch[];
}

interface Waiting {
  readonly batch: ArrivedBatch;
  resolve(): void;
  reject(error: unknown): void;
}

export interface ArrivalLogOptions {
  readonly retries: Retries;
  readonly clock: () => number;
  readonly timeoutMs: number;
}

const CONFLICT = 409;

/** Writes down which batches are stored: one document for all that became so while the one before was under way. */
export class ArrivalLog {
  private readonly connection: Connection;
  private readonly index: string;
  private readonly options: ArrivalLogOptions;
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(connection: Connection, index: string, options: ArrivalLogOptions) {
    this.connection = connection;
    this.index = index;
    this.options = options;
  }

  /** Resolves when it is durable that the batch has arrived. */
  add(batch: ArrivedBatch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      if (!this.isWriting) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        await this.write(group.map(({ batch }) => batch));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.isWriting = false;
  }

  private async write(batches: readonly ArrivedBatch[]): Promise<void> {
    const { retries, clock, timeoutMs } = this.options;
    const body: ArrivalDocument = { time: clock(), batches };
    const path = pathOf([this.index], `_doc/${randomUUID()}`);
    // Stored again, it would have another number, and would arrive again.
    const query = { op_type: 'create' };
    await retries.run(() =>
      this.connection
        .request({ method: 'PUT', path, query, body, timeoutMs })
        .catch(unlessItIsThere),
    );
  }
}

/** Only an earlier try, of which no answer came, can have stored it. */
function unlessItIsThere(error: unknown): void {
  if (statusOf(error) !== CONFLICT) throw error;
}

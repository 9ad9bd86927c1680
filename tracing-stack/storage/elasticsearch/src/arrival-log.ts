import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';
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

const TIMEOUT_MS = 30_000;

/** Writes down which batches are stored: one document for all that became so while the one before was under way. */
export class ArrivalLog {
  private readonly connection: Connection;
  private readonly index: string;
  private readonly retries: Retries;
  private readonly clock: () => number;
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(connection: Connection, index: string, retries: Retries, clock: () => number) {
    this.connection = connection;
    this.index = index;
    this.retries = retries;
    this.clock = clock;
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
    const body: ArrivalDocument = { time: this.clock(), batches };
    // By its id a document that was stored although no answer came is stored once.
    const path = `/${encodeURIComponent(this.index)}/_doc/${randomUUID()}`;
    await this.retries.run(() =>
      this.connection.request({ method: 'PUT', path, body, timeoutMs: TIMEOUT_MS }),
    );
  }
}

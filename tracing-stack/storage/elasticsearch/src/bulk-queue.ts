import { ByteBudget } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { answerError, closedError, isDoubtful, statusOf, storageError } from './answer-error.ts';
import {
  type BulkDocument,
  type BulkOutcome,
  isMisfit,
  isStored,
  sendBulk,
} from './bulk-request.ts';
import type { Connection } from './connection.ts';
import type { Retries } from './retrying.ts';
import type { BulkLimits } from './store-options.ts';

/** What became of the documents of one call. */
export interface BulkResult {
  readonly outcomes: readonly BulkOutcome[];
  /** Places of those that may be stored whatever their outcome says: a request with them had no answer. */
  readonly doubtful: ReadonlySet<number>;
}

interface Job {
  readonly outcomes: BulkOutcome[];
  readonly doubtful: Set<number>;
  left: number;
  done(): void;
}

interface Entry {
  document: BulkDocument;
  readonly bytes: number;
  readonly job: Job;
  /** Among the job's documents. */
  readonly place: number;
}

/** For what stands around a document in a request. */
const ACTION_BYTES = 100;
const TOO_LARGE = 413;

/**
 * Documents that wait to be sent, those of many calls in one request. A request goes when it is full, when its first
 * document has waited for the flush interval, and as soon as a worker is free for it.
 */
export class BulkQueue {
  private readonly connection: Connection;
  private readonly limits: BulkLimits;
  private readonly retries: Retries;
  private readonly timeoutMs: number;
  private readonly budget: ByteBudget;
  private entries: Entry[] = [];
  private waitingBytes = 0;
  private workers = 0;
  private isDue = false;
  private timer: NodeJS.Timeout | undefined;
  private isHurried = false;
  private closing = false;

  constructor(connection: Connection, limits: BulkLimits, retries: Retries, timeoutMs: number) {
    this.connection = connection;
    this.limits = limits;
    this.retries = retries;
    this.timeoutMs = timeoutMs;
    this.budget = new ByteBudget(limits.queueBytes);
  }

  /**
   * Resolves with the outcome of each document. Rejects, and takes none, while too much waits. Once nobody waits for them
   * any more, those that have not been sent stay.
   */
  async add(documents: readonly BulkDocument[], abandoned?: AbortSignal): Promise<BulkResult> {
    if (this.closing) throw closedError();
    const sizes = documents.map(({ json }) => Buffer.byteLength(json) + ACTION_BYTES);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    if (!this.budget.tryTake(bytes)) {
      const { bytes: held, maxBytes } = this.budget;
      throw storageError('full', `${held} of ${maxBytes} bytes wait to be sent`);
    }
    try {
      return await new Promise<BulkResult>((resolve) => {
        const result = { outcomes: [], doubtful: new Set<number>() };
        const job: Job = { ...result, left: documents.length, done: () => resolve(result) };
        for (const [place, document] of documents.entries()) {
          this.entries.push({ document, bytes: sizes[place] ?? 0, job, place });
        }
        this.waitingBytes += bytes;
        abandoned?.addEventListener('abort', () => this.drop(job), { once: true });
        this.pump();
      });
    } finally {
      this.budget.giveBack(bytes);
    }
  }

  /** From now on nothing waits for the flush interval. */
  hurry(): void {
    this.isHurried = true;
    clearTimeout(this.timer);
    this.pump();
  }

  /** Takes nothing more, and sends at once what waits: `false` if some was still under way at the deadline. */
  close(deadline: AbortSignal): Promise<boolean> {
    this.closing = true;
    this.hurry();
    return this.budget.idle(deadline);
  }

  private drop(job: Job): void {
    const dropped = this.entries.filter((entry) => entry.job === job);
    this.entries = this.entries.filter((entry) => entry.job !== job);
    for (const entry of dropped) {
      this.waitingBytes -= entry.bytes;
      settle(entry, storageError('unavailable', 'a document waited for too long'));
    }
  }

  private pump(): void {
    while (this.workers < this.limits.workers && this.mustGo()) {
      this.workers++;
      void this.work(this.take());
    }
    if (this.entries.length === 0 || this.workers >= this.limits.workers) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.isDue = true;
      this.pump();
    }, this.limits.flushIntervalMs);
  }

  private mustGo(): boolean {
    const { actions, bytes, flushIntervalMs } = this.limits;
    if (this.entries.length === 0) return false;
    if (this.isDue || this.isHurried || flushIntervalMs === 0) return true;
    return this.entries.length >= actions || this.waitingBytes >= bytes;
  }

  /** As many as fit into a request, and at least one. */
  private take(): Entry[] {
    let bytes = 0;
    let count = 0;
    for (const entry of this.entries) {
      const isFull = count >= this.limits.actions || bytes + entry.bytes > this.limits.bytes;
      if (count > 0 && isFull) break;
      bytes += entry.bytes;
      count++;
    }
    const taken = this.entries.slice(0, count);
    this.entries = this.entries.slice(count);
    this.waitingBytes -= bytes;
    if (this.entries.length === 0) this.isDue = false;
    return taken;
  }

  private async work(taken: readonly Entry[]): Promise<void> {
    try {
      await this.deliver(taken);
    } finally {
      this.workers--;
      this.pump();
    }
  }

  /** Sends until each document has an outcome that another try will not change. */
  private async deliver(taken: readonly Entry[]): Promise<void> {
    let left = taken;
    const last = new Map<Entry, BulkOutcome>();
    try {
      await this.retries.run(async () => {
        left = await this.attempt(left, last);
        const [first] = left;
        const failure = first && last.get(first);
        if (failure instanceof StorageError) throw failure;
      });
    } catch (error) {
      const failure = answerError(error);
      for (const entry of left) settle(entry, failure);
    }
  }

  /** Gives back those for which another try may do. */
  private async attempt(
    entries: readonly Entry[],
    last: Map<Entry, BulkOutcome>,
  ): Promise<readonly Entry[]> {
    const documents = entries.map(({ document }) => document);
    let outcomes: BulkOutcome[];
    try {
      outcomes = await sendBulk(this.connection, documents, this.timeoutMs);
    } catch (error) {
      if (statusOf(error) === TOO_LARGE && entries.length > 1)
        return this.attemptHalves(entries, last);
      if (isDoubtful(error)) for (const { job, place } of entries) job.doubtful.add(place);
      throw error;
    }
    return entries.filter((entry, i) => {
      const outcome = outcomes[i] ?? storageError('unavailable', 'no outcome');
      last.set(entry, outcome);
      if (!isStored(outcome) && !isMisfit(outcome)) return true;
      if (isMisfit(outcome) && entry.document.plainJson) {
        const { plainJson, ...document } = entry.document;
        entry.document = { ...document, json: plainJson() };
        last.set(entry, storageError('unavailable', 'a document is sent in another form'));
        return true;
      }
      settle(entry, outcome);
      return false;
    });
  }

  /** Something on the way takes less in one request than we put into it. */
  private async attemptHalves(
    entries: readonly Entry[],
    last: Map<Entry, BulkOutcome>,
  ): Promise<readonly Entry[]> {
    const middle = entries.length >> 1;
    const left: Entry[] = [];
    for (const half of [entries.slice(0, middle), entries.slice(middle)]) {
      try {
        left.push(...(await this.attempt(half, last)));
      } catch (error) {
        const failure = answerError(error);
        for (const entry of half) last.set(entry, failure);
        left.push(...half);
      }
    }
    return left;
  }
}

function settle({ job, place }: Entry, outcome: BulkOutcome): void {
  job.outcomes[place] = outcome;
  job.left--;
  if (job.left === 0) job.done();
}

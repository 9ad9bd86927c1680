import { type Logger, monotonic } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';

/** So long without a failure, and it is back: of some hundred writes a second a few may still fail for a while. */
const WELL_FOR_MS = 5000;

/** Tells that the store takes nothing, and that it takes spans again: once each, however many batches are refused meanwhile. */
export class StoreLog {
  private readonly logger: Logger;
  /** Milliseconds of a clock that nobody sets. */
  private readonly clock: () => number;
  private isAway = false;
  private lastFailure = 0;

  constructor(logger: Logger, clock: () => number = monotonic) {
    this.logger = logger;
    this.clock = clock;
  }

  stored(): void {
    if (!this.isAway || this.clock() - this.lastFailure < WELL_FOR_MS) return;
    this.isAway = false;
    this.logger.info({}, 'the store takes spans again');
  }

  /** Of what is the batch's own fault it says nothing. */
  failed(error: unknown): void {
    if (!(error instanceof StorageError)) return;
    if (error.code !== 'unavailable' && error.code !== 'full') return;
    this.lastFailure = this.clock();
    if (this.isAway) return;
    this.isAway = true;
    const { message: reason } = error;
    this.logger.warn({ reason }, 'the store takes nothing: senders are told to come again');
  }
}

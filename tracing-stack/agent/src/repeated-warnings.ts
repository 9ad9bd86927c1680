import { type Logger, monotonic } from '@spoor/platform';

const QUIET_MS = 60_000;

/**
 * Warnings of which thousands may come in a second: the first of each kind is logged, then at most one a minute with
 * the number of those in between.
 */
export class RepeatedWarnings {
  private readonly logger: Logger;
  private readonly clock: () => number;
  private readonly kinds = new Map<string, { loggedAt: number; untold: number }>();

  /** `clock` in milliseconds, and set by nobody. */
  constructor(logger: Logger, clock: () => number = monotonic) {
    this.logger = logger;
    this.clock = clock;
  }

  warn(kind: string, fields: object, message: string): void {
    const now = this.clock();
    const seen = this.kinds.get(kind);
    if (seen !== undefined && now - seen.loggedAt < QUIET_MS) {
      seen.untold++;
      return;
    }
    const untold = seen?.untold ?? 0;
    this.kinds.set(kind, { loggedAt: now, untold: 0 });
    this.logger.warn({ kind, ...fields, ...(untold > 0 && { untold }) }, message);
  }
}

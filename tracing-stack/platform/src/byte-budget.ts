import { endsBefore } from './close-deadline.ts';

/** How many bytes may be under way at once. What is taken must be given back when its work is done. */
export class ByteBudget {
  readonly maxBytes: number;
  private held = 0;
  private waiting: (() => void)[] = [];

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.held;
  }

  /**
   * `false`, and nothing is taken, if that is too much. While nothing is under way but the `own` bytes of who asks, any size
   * may go.
   */
  tryTake(bytes: number, own = 0): boolean {
    if (this.held > own && this.held + bytes > this.maxBytes) return false;
    this.held += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.held -= bytes;
    if (this.held > 0) return;
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves with `true` when nothing is under way, or with `false` when the deadline is over. */
  async idle(deadline: AbortSignal): Promise<boolean> {
    if (this.held === 0) return true;
    return endsBefore(deadline, new Promise<void>((resolve) => this.waiting.push(resolve)));
  }
}

/** What one piece of work holds of a budget, whose size shows as it goes on. */
export class BudgetShare {
  readonly budget: ByteBudget;
  private own = 0;

  constructor(budget: ByteBudget) {
    this.budget = budget;
  }

  /** `false`, and no more is taken, if that is too much. */
  tryTake(bytes: number): boolean {
    if (!this.budget.tryTake(bytes, this.own)) return false;
    this.own += bytes;
    return true;
  }

  /** All that was taken. */
  giveBack(): void {
    if (this.own > 0) this.budget.giveBack(this.own);
    this.own = 0;
  }
}

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

  /** `false`, and nothing is taken, if that is too much. While nothing is under way, any size may go. */
  tryTake(bytes: number): boolean {
    if (this.held > 0 && this.held + bytes > this.maxBytes) return false;
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

  /** Resolves when nothing is under way, with `true`, or after `milliseconds` with `false`. */
  idle(milliseconds: number): Promise<boolean> {
    if (this.held === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), milliseconds);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}

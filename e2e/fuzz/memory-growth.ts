/** Rounds until caches are warm. */
const WARM_AFTER = 10;
const WINDOW = 5;
const ALLOWED_BYTES = 150 * 1024 * 1024;

/** Watches what a process takes from round to round. */
export class MemoryGrowth {
  private readonly samples: number[] = [];

  add(bytes: number): void {
    this.samples.push(bytes);
  }

  /** The least of the first rounds in which it was warm and of the last ones; `undefined` before there are that many. */
  get span(): { readonly first: number; readonly last: number } | undefined {
    if (this.samples.length < WARM_AFTER + 2 * WINDOW) return undefined;
    const first = Math.min(...this.samples.slice(WARM_AFTER, WARM_AFTER + WINDOW));
    return { first, last: Math.min(...this.samples.slice(-WINDOW)) };
  }

  /** More than caches that fill. The least of several rounds is what a collection leaves. */
  get hasGrown(): boolean {
    const { span } = this;
    return (
      span !== undefined && span.last > 1.5 * span.first && span.last > span.first + ALLOWED_BYTES
    );
  }
}

/** Names that were written: a name is written again only after `ttlMs`, or when too many others came between. */
export class KnownNames {
  private readonly ttlMs: number;
  private readonly clock: () => number;
  /** When each was written, the oldest first. */
  private readonly written = new Map<string, number>();

  constructor(ttlMs: number, clock: () => number) {
    this.ttlMs = ttlMs;
    this.clock = clock;
  }

  has(name: string): boolean {
    const time = this.written.get(name);
    return time !== undefined && this.clock() - time < this.ttlMs;
  }

  add(name: string): void {
    this.written.delete(name);
    this.written.set(name, this.clock());
    if (this.written.size <= MOST) return;
    const [oldest] = this.written.keys();
    if (oldest !== undefined) this.written.delete(oldest);
  }
}

/** As many as Jaeger keeps. */
const MOST = 100_000;

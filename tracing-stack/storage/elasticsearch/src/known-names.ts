/** Names that were written: a name is written again only after `ttlMs`, or when too many or too long ones came between. */
export class KnownNames {
  private readonly ttlMs: number;
  private readonly clock: () => number;
  /** When each was written, the oldest first. */
  private readonly written = new Map<string, number>();
  private length = 0;

  constructor(ttlMs: number, clock: () => number) {
    this.ttlMs = ttlMs;
    this.clock = clock;
  }

  has(name: string): boolean {
    const time = this.written.get(name);
    return time !== undefined && this.clock() - time < this.ttlMs;
  }

  add(name: string): void {
    this.remove(name);
    this.written.set(name, this.clock());
    this.length += name.length;
    for (const oldest of this.written.keys()) {
      if (this.written.size <= MOST && this.length <= MOST_LENGTH) return;
      this.remove(oldest);
    }
  }

  private remove(name: string): void {
    if (this.written.delete(name)) this.length -= name.length;
  }
}

/** As many as Jaeger keeps. */
const MOST = 100_000;
/** Of all of them, in UTF-16 units. */
const MOST_LENGTH = 16 * 1024 * 1024;

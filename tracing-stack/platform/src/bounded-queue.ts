/** A first-in, first-out queue that holds a limited number of bytes. */
export class BoundedQueue<T> {
  readonly maxBytes: number;
  private items: { readonly item: T; readonly bytes: number }[] = [];
  private head = 0;
  private held = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.held;
  }

  get length(): number {
    return this.items.length - this.head;
  }

  /** Puts `item` last; `false`, and nothing is held, if it has no room. An empty queue takes an item of any size. */
  offer(item: T, bytes: number): boolean {
    if (this.length > 0 && this.held + bytes > this.maxBytes) return false;
    this.items.push({ item, bytes });
    this.held += bytes;
    return true;
  }

  /** Takes the first item out; `undefined` when there is none. */
  take(): T | undefined {
    const first = this.items[this.head];
    if (first === undefined) return undefined;
    this.head++;
    this.held -= first.bytes;
    // Moving everything down costs too much to do on each take, and holding on to what was taken costs memory.
    if (this.head * 2 >= this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return first.item;
  }
}

type Values = Float64Array | Uint32Array | Uint8Array;

/** Numbers one after the other, in memory outside V8's heap that grows by itself. */
export class Column<V extends Values> {
  /** Only the first `length` count. A reader's view of it stays as it was when the column grows. */
  values: V;
  length = 0;
  private readonly make: (length: number) => V;

  constructor(make: (length: number) => V, capacity: number) {
    this.make = make;
    this.values = make(capacity);
  }

  get bytes(): number {
    return this.length * this.values.BYTES_PER_ELEMENT;
  }

  push(value: number): void {
    if (this.length === this.values.length) this.resize(2 * this.length);
    this.values[this.length++] = value;
  }

  append(values: V): void {
    const end = this.length + values.length;
    if (end > this.values.length) this.resize(Math.max(end, 2 * this.length));
    this.values.set(values, this.length);
    this.length = end;
  }

  /** Gives back what was taken in advance. */
  trim(): void {
    if (this.length < this.values.length) this.resize(this.length);
  }

  private resize(capacity: number): void {
    const values = this.make(capacity);
    values.set(this.values.subarray(0, this.length));
    this.values = values;
  }
}

export function bytesColumn(capacity: number): Column<Uint8Array> {
  return new Column((length) => new Uint8Array(length), capacity);
}

export function wordsColumn(capacity: number): Column<Uint32Array> {
  return new Column((length) => new Uint32Array(length), capacity);
}

export function doublesColumn(capacity: number): Column<Float64Array> {
  return new Column((length) => new Float64Array(length), capacity);
}

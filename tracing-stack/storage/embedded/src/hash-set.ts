/** A set of 32-bit hashes that costs nothing to empty and grows by itself. Open addressing; 0 marks a free place. */
export class HashSet {
  private table = new Uint32Array(256);
  private used = 0;

  get size(): number {
    return this.used;
  }

  /** Zero cannot be told from a free place, so it is kept as 1: at worst one more candidate to verify. */
  add(hash: number): void {
    const value = hash === 0 ? 1 : hash;
    const mask = this.table.length - 1;
    // The lower bits of FNV-1a are well mixed.
    let place = value & mask;
    for (let found = this.table[place]; found !== 0; found = this.table[place]) {
      if (found === value) return;
      place = (place + 1) & mask;
    }
    this.table[place] = value;
    this.used++;
    if (this.used * 2 > this.table.length) this.grow();
  }

  forEach(visit: (hash: number) => void): void {
    for (const hash of this.table) if (hash !== 0) visit(hash);
  }

  clear(): void {
    this.table.fill(0);
    this.used = 0;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Uint32Array(old.length * 4);
    this.used = 0;
    for (const hash of old) if (hash !== 0) this.add(hash);
  }
}

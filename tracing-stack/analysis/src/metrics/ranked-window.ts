/**
 * Some of a set of numbers that is known beforehand, with the quantiles of what is in it now. Taking a number in or out,
 * and a quantile, cost the logarithm of how many different numbers there are (a Fenwick tree over their ranks).
 */
export class RankedWindow {
  private readonly values: readonly number[];
  private readonly ranks = new Map<number, number>();
  /** `tree[i]`: how many numbers there are of the ranks from `i - (i & -i)` to `i - 1`. */
  private readonly tree: Uint32Array;
  private size = 0;

  constructor(all: readonly number[]) {
    this.values = [...new Set(all)].sort((a, b) => a - b);
    for (const [rank, value] of this.values.entries()) this.ranks.set(value, rank);
    this.tree = new Uint32Array(this.values.length + 1);
  }

  add(value: number): void {
    this.change(value, 1);
  }

  /** Takes out a number that is there. */
  remove(value: number): void {
    this.change(value, -1);
  }

  /** Between the two nearest numbers, by their distance; NaN of none. Below 0 and above 1 there are the infinities. */
  quantile(quantile: number): number {
    if (this.size === 0) return Number.NaN;
    if (quantile < 0) return Number.NEGATIVE_INFINITY;
    if (quantile > 1) return Number.POSITIVE_INFINITY;
    if (Number.isNaN(quantile)) return Number.NaN;
    const place = (this.size - 1) * quantile;
    const lower = this.at(Math.floor(place));
    const upper = this.at(Math.ceil(place));
    return lower + (upper - lower) * (place - Math.floor(place));
  }

  private change(value: number, by: 1 | -1): void {
    this.size += by;
    const rank = this.ranks.get(value);
    if (rank === undefined) throw new RangeError(`${value} is none of the numbers`);
    for (let i = rank + 1; i < this.tree.length; i += i & -i)
      this.tree[i] = (this.tree[i] ?? 0) + by;
  }

  /** The number at a place, counted from the smallest, from 0. */
  private at(place: number): number {
    let rest = place;
    let rank = 0;
    let step = 1 << (31 - Math.clz32(this.tree.length));
    for (; step > 0; step >>>= 1) {
      const count = this.tree[rank + step];
      if (count === undefined || count > rest) continue;
      rest -= count;
      rank += step;
    }
    return this.values[rank] as number;
  }
}

/** Spans as columns, in the order of a waterfall: a parent stands before its children, and these in order of start. */
export interface SpanRows {
  readonly rowCount: number;
  /** Row of the parent, or -1. */
  readonly parentRow: ArrayLike<number>;
  /** Microseconds after any one point in time. */
  readonly start: ArrayLike<number>;
  /** Microseconds, never negative. */
  readonly length: ArrayLike<number>;
}

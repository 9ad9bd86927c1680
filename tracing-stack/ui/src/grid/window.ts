/** A range of positions: from `first` up to but not including `end`. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

/** Rows drawn above and below what is seen, so that a slow frame shows rows and not a gap. */
const OVERSCAN = 4;

/** The rows of a scrolled list that are worth drawing. Lengths in CSS pixels. */
export function windowOf(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): Window {
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight), count) - OVERSCAN);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll so that the row at `position` is seen: nowhere if it is, else so that it stands in the middle third. */
export function scrollTopFor(
  position: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
): number {
  const top = position * rowHeight;
  if (top >= scrollTop && top + rowHeight <= scrollTop + height) return scrollTop;
  const isNear = top > scrollTop - 2 * rowHeight && top < scrollTop + height + rowHeight;
  if (isNear) return top < scrollTop ? top : top + rowHeight - height;
  return Math.max(0, top - height / 3);
}

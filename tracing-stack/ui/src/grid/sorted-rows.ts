/** How a table is sorted: by which column, and in which direction. */
export interface Sort {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a row is sorted by. Numbers and texts are not mixed in a column. */
export type SortKey = (row: number) => number | string;

const texts = new Intl.Collator(undefined, { numeric: true });

/** The rows by their keys; equals keep their order, and what is no number (NaN) comes last in either direction. */
export function sortedRows(
  rows: ArrayLike<number>,
  key: SortKey | undefined,
  isDescending: boolean,
): readonly number[] {
  const all = Array.from(rows);
  if (!key) return all;
  const sign = isDescending ? -1 : 1;
  const keyed = all.map((row) => [row, key(row)] as const);
  keyed.sort(([, a], [, b]) => {
    if (typeof a === 'string' || typeof b === 'string')
      return sign * texts.compare(String(a), String(b));
    if (Number.isNaN(a) || Number.isNaN(b))
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
  return keyed.map(([row]) => row);
}

/** What a click on a column's head means: another column, by the direction that it is usually wanted in; else the other way. */
export function nextSort(sort: Sort, column: string, isNumber: boolean): Sort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending };
  return { column, isDescending: isNumber };
}

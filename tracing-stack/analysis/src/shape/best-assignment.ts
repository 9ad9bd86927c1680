/**
 * Gives each row a column of its own so that the gains add up to the most (the Hungarian method, with potentials).
 * @param gains one array of equal length per row; a pair that gains nothing is not made
 * @returns the column of each row, or -1
 */
export function bestAssignment(gains: readonly (readonly number[])[]): number[] {
  const rows = gains.length;
  const columns = gains[0]?.length ?? 0;
  // Columns that stand for "none", one a row, so that a row never takes what another needs more.
  const width = columns + rows;
  const cost = (row: number, column: number) => -Math.max(0, gains[row - 1]?.[column - 1] ?? 0);
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(width + 1);
    const isDone = new Uint8Array(width + 1);
    let column = 0;
    rowOf[0] = row;
    do {
      isDone[column] = 1;
      const current = rowOf[column] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= width; j++) {
        if (isDone[j]) continue;
        const reduced =
          cost(current, j) - (rowPotential[current] as number) - (columnPotential[j] as number);
        if (reduced < (least[j] as number)) {
          least[j] = reduced;
          from[j] = column;
        }
        if ((least[j] as number) < step) {
          step = least[j] as number;
          next = j;
        }
      }
      for (let j = 0; j <= width; j++) {
        if (isDone[j]) {
          const owner = rowOf[j] as number;
          rowPotential[owner] = (rowPotential[owner] as number) + step;
          columnPotential[j] = (columnPotential[j] as number) - step;
        } else least[j] = (least[j] as number) - step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = from[column] as number)
      rowOf[column] = rowOf[from[column] as number] as number;
  }
  const result = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) {
    const row = (rowOf[j] as number) - 1;
    if (row >= 0 && (gains[row]?.[j - 1] ?? 0) > 0) result[row] = j - 1;
  }
  return result;
}

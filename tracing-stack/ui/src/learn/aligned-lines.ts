/** A line of one of two texts that are laid side by side. */
export interface AlignedLine {
  /** `undefined` where only the other text has a line. */
  readonly text: string | undefined;
  /** Whether the other text has it, too, at the same height. */
  readonly isSame: boolean;
}

/** Lays two texts side by side: as many lines as possible that are in both stand at the same height. */
export function alignedLines(
  left: string,
  right: string,
): readonly [readonly AlignedLine[], readonly AlignedLine[]] {
  const [a, b] = [linesOf(left), linesOf(right)];
  const common = commonLengths(a, b);
  const sides: [AlignedLine[], AlignedLine[]] = [[], []];
  const gap = { text: undefined, isSame: false };
  /** Until a common line comes, what changed stands beside what it became. */
  const level = () => {
    const [fewer, more] = sides[0].length < sides[1].length ? sides : [sides[1], sides[0]];
    while (fewer.length < more.length) fewer.push(gap);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      level();
      sides[0].push({ text: a[i++], isSame: true });
      sides[1].push({ text: b[j++], isSame: true });
    } else if (j === b.length || (i < a.length && common(i + 1, j) >= common(i, j + 1)))
      sides[0].push({ text: a[i++], isSame: false });
    else sides[1].push({ text: b[j++], isSame: false });
  }
  level();
  return sides;
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Tells how many lines `a` from `i` on and `b` from `j` on have in common, in order. */
function commonLengths(a: readonly string[], b: readonly string[]) {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const common = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1));
  return common;
}

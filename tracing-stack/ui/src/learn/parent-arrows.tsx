import type { OverlayRow } from '@spoor/analysis';

/** Left of the names: room for arrows side by side, in pixels. */
const GUTTER = 30;
const STEP = 6;

/** From each span that hangs in the wrong place an arrow to the one under which it should hang. The words say it too. */
export function ParentArrows(props: {
  readonly rows: readonly OverlayRow[];
  /** The height of each row's first line, in pixels. */
  readonly middles: readonly number[];
}) {
  const { rows, middles } = props;
  const moved = rows.flatMap(({ belongsUnder }, from) => {
    const [start, end] = [middles[from], middles[belongsUnder ?? -1]];
    return start === undefined || end === undefined || start === end ? [] : [{ from, start, end }];
  });
  if (moved.length === 0) return null;
  const height = Math.max(...middles) + 20;
  return (
    <svg class="parent-arrows" width={GUTTER} height={height} aria-hidden="true">
      {moved.map(({ from, start, end }, i) => {
        const x = GUTTER - 10 - STEP * (i % 4);
        // Both ends leave room for others that meet there.
        const tip = end + (end < start ? 4 : -4);
        return (
          <g key={from}>
            <path
              d={`M${GUTTER - 1} ${start}H${x + 4}Q${x} ${start} ${x} ${start + Math.sign(tip - start) * 5}V${tip - Math.sign(tip - start) * 5}Q${x} ${tip} ${x + 4} ${tip}H${GUTTER - 3}`}
            />
            <path class="tip" d={`M${GUTTER - 6} ${tip - 3.5}l5 3.5l-5 3.5z`} />
          </g>
        );
      })}
    </svg>
  );
}

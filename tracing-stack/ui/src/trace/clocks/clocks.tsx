import { formatDuration } from '../../format/duration.ts';
import { language } from '../../i18n/language.ts';
import type { TraceModel } from '../trace-model.ts';
import { barOf } from '../waterfall-row.tsx';
import type { Zoom } from '../zoom.ts';
import { type BothClocks, bothClocks } from './both-clocks.ts';
import { clocksText, loadClocksTexts } from './i18n/clocks-text.ts';
import './clocks.css';

/** What finds both times of a trace and draws them, once there are words for it. */
export async function loadClocks() {
  await loadClocksTexts(language.value);
  return clocksOf;
}

export type Clocks = ReturnType<typeof clocksOf>;

function clocksOf(model: TraceModel) {
  const both = bothClocks(model);
  return {
    model: both.model,
    legend: () => <Legend both={both} />,
    /** What is drawn beside the bar of a row. */
    other: (row: number, zoom: Zoom) => <Other both={both} row={row} zoom={zoom} />,
  };
}

function Legend({ both }: { readonly both: BothClocks }) {
  const words = clocksText();
  const moved = both.isMoved.includes(1);
  const left = both.behind.some((behind, row) => behind !== 0 && both.isMoved[row] === 0);
  return (
    <p class="clocks-legend">
      <i class="other-bar" />
      <span>{[...(moved ? [words.moved] : []), ...(left ? [words.left] : [])].join(' ')}</span>
    </p>
  );
}

/** Right of a bar, in CSS pixels: room for the label that says how long it is. */
const LABEL = 72;
/** Between the two bars, in percent: room for the words. Where there is less, they stand where there is more. */
const ROOM = 24;
const FAR_RIGHT = 60;

/** The bar by the other clock, what leads from it to the bar, and how far the clock is off, in words. */
function Other(props: { readonly both: BothClocks; readonly row: number; readonly zoom: Zoom }) {
  const { otherStart, behind, isMoved, model } = props.both;
  const words = clocksText();
  const at = otherStart[props.row] as number;
  if (Number.isNaN(at)) return null;
  const length = model.length[props.row] as number;
  const [left, right, beyond] = barOf(at, length, props.zoom);
  const [from, to] = barOf(model.start[props.row] as number, length, props.zoom);
  const isBefore = left < from;
  const [start, end] = isBefore ? [right, from] : [to, left];
  const label = isBefore ? 0 : LABEL;
  const off = behind[props.row] as number;
  const amount = formatDuration(Math.abs(off));
  return (
    <>
      {end > start && (
        <i
          class="moved-by"
          style={{
            left: `calc(${start}% + ${label}px)`,
            width: `max(0px, calc(${end - start}% - ${label}px))`,
          }}
        />
      )}
      {beyond === '' && (
        <i
          class="other-bar"
          title={isMoved[props.row] === 1 ? words.ownTime : words.callerTime}
          style={{ left: `${left}%`, width: `${right - left}%` }}
        />
      )}
      <span
        class="clock-off"
        style={placeOfWords({ start, end, first: Math.min(left, from), last: Math.max(right, to) })}
      >
        {off > 0 ? words.behind(amount) : words.ahead(amount)}
      </span>
    </>
  );
}

/** In percent: between the bars, which lie from `first` to `last`, or after them, or before them. */
function placeOfWords(at: Readonly<Record<'start' | 'end' | 'first' | 'last', number>>) {
  if (at.end - at.start > ROOM)
    return { left: `calc(${(at.start + at.end) / 2}% + ${LABEL / 2}px)`, translate: '-50% -50%' };
  if (at.last > FAR_RIGHT) return { right: `calc(${100 - at.first}% + 8px)` };
  return { left: `calc(${at.last}% + ${LABEL}px)` };
}

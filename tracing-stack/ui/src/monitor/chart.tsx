import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { MetricPoint } from '../api/metrics-client.ts';
import { formatClock } from '../format/time.ts';
import { useClientSize } from '../grid/client-size.ts';
import { monitorText } from './i18n/monitor-text.ts';
import { linePath, roundTop } from './line-path.ts';
import { lastAndMost } from './monitor-figures.ts';

/** CSS pixels; monitor.css has the same. */
const HEIGHT = 140;
const SPARK = { width: 96, height: 22 };

export interface Line {
  readonly name: string;
  /** CSS. */
  readonly color: string;
  readonly points: readonly MetricPoint[];
}

/** One or more lines over time, with what they are under the pointer, or last. To be read out it says the last and the highest. */
export function Chart(props: {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** Where the scale ends at least, and at most; absent: by the values. */
  readonly top?: number;
  readonly end: Date;
}) {
  const { title, lines, format, end } = props;
  const words = monitorText();
  const frame = useRef<HTMLDivElement>(null);
  const width = useClientSize(frame).width.value;
  const pointed = useSignal<number | undefined>(undefined);
  const most = Math.max(...lines.map(({ points }) => lastAndMost(points).most || 0));
  const top = props.top ?? roundTop(most);
  const times = lines[0]?.points.map(({ time }) => time) ?? [];
  const at = pointed.value;
  const clock = (time: number | undefined) => formatClock((time ?? 0) * 1e3, end);
  const said = (value: number) => (Number.isNaN(value) ? words.none : format(value));
  const lineWords = lines.map(({ name, points }) => {
    const { last, most } = lastAndMost(points);
    return words.line(name, said(last), said(most));
  });
  return (
    <section class="chart">
      <h2>{title}</h2>
      <ul class="chart-values">
        {lines.map(({ name, color, points }) => (
          <li key={name}>
            <i class="swatch" style={{ background: color }} />
            {lines.length > 1 && `${name} `}
            <b>
              {said(
                at === undefined ? lastAndMost(points).last : (points[at]?.value ?? Number.NaN),
              )}
            </b>
          </li>
        ))}
      </ul>
      <div
        class="chart-field"
        ref={frame}
        role="img"
        aria-label={words.chart(title, lineWords.join('; '))}
        onPointerMove={({ currentTarget, clientX }) => {
          const { left } = currentTarget.getBoundingClientRect();
          const place = Math.round(((clientX - left) / width) * (times.length - 1));
          pointed.value = Math.min(times.length - 1, Math.max(0, place));
        }}
        onPointerLeave={() => {
          pointed.value = undefined;
        }}
      >
        <i class="chart-top">
          <b>{format(top)}</b>
        </i>
        <i class="chart-middle">
          <b>{format(top / 2)}</b>
        </i>
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {at !== undefined && (
            <path
              class="chart-at"
              d={`M${(width * at) / Math.max(1, times.length - 1)} 0V${HEIGHT}`}
            />
          )}
          {lines.map(({ name, color, points }) => (
            <path key={name} d={linePath(points, { width, height: HEIGHT, top })} stroke={color} />
          ))}
        </svg>
      </div>
      <p class="chart-times">
        <span>{clock(times[0])}</span>
        {at !== undefined && <b>{clock(times[at])}</b>}
        <span>{clock(times.at(-1))}</span>
      </p>
    </section>
  );
}

/** A line beside a figure of a table. */
export function Spark(props: { readonly points: readonly MetricPoint[]; readonly top?: number }) {
  const top = props.top ?? lastAndMost(props.points).most;
  return (
    <svg class="spark" {...SPARK} aria-hidden="true">
      <path d={linePath(props.points, { ...SPARK, top: Number.isNaN(top) ? 1 : top })} />
    </svg>
  );
}

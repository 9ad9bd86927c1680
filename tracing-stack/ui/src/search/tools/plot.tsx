import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { formatClock } from '../../format/time.ts';
import { useClientSize } from '../../grid/client-size.ts';
import { text } from '../../i18n/text.ts';
import { Cross } from '../../shell/action-icons.tsx';
import { hrefOf, navigate } from '../../shell/location.ts';
import { sliderMove } from '../../shell/slider-keys.ts';
import type { FoundTrace } from '../found-trace.ts';
import type { SearchQuery } from '../search-query.ts';
import { toolsText } from './i18n/tools-text.ts';
import './plot.css';
import { type Bin, binsOfDuration, binsOfTime } from './plot-bins.ts';
import {
  durationAtPlace,
  durationTicks,
  type PlotScales,
  placeOfDuration,
  placeOfTime,
  plotScales,
  radiusOf,
  timeAtPlace,
} from './plot-scales.ts';

/** CSS pixels; plot.css has the sum of both. Below the circles it is drawn how many traces began when. */
const HEIGHT = 150;
const BELOW = 34;
/** What a duration's line and its words take; plot.css has the same. */
const TICK_HEIGHT = 17;
/** At the left, for what the durations are. */
const GUTTER = 56;
/** At the right, for how many traces took how long, where there is room for it. */
const BESIDE = 96;
const LEAST_WIDTH = 520;
/** The bars of a histogram leave so much room free, in CSS pixels. */
const FREE = 6;
const TIME_BINS = 60;
const DURATION_BINS = 20;
/** A drag shorter than this, in CSS pixels, is a click. */
const SHORTEST_DRAG = 4;
/** What an arrow key moves an end of the selection by, as a part of the whole time. */
const STEP = 1 / 50;
const MOST_TICKS = 4;

/** Microseconds since 1970. */
interface Range {
  readonly from: number;
  readonly to: number;
}

interface PlotProps {
  readonly traces: readonly FoundTrace[];
  readonly at: Date;
  readonly query: SearchQuery;
  readonly onFind: (query: SearchQuery) => void;
}

/** The plot. The words for it are those of the tools, and are there. */
export const loadPlot = async () => Plot;

/**
 * The traces by start and duration, below it how many began when, and beside it how many took how long. The list below
 * says the same to who cannot see it: so the circles and bars are for the pointer alone, and a time can be chosen by
 * keyboard too.
 */
function Plot({ traces, at, query, onFind }: PlotProps) {
  const { plot: words } = toolsText();
  const scales = useMemo(() => plotScales(traces), [traces]);
  const chosen = useSignal<Range | undefined>(undefined);
  const range = chosen.value;
  const clock = (time: number) => formatClock(time, at);
  const search = () => {
    if (range)
      onFind({
        ...query,
        lookback: 'custom',
        start: Math.floor(range.from),
        end: Math.ceil(range.to),
      });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set of a form
    <div class="plot" role="group" aria-label={words.label}>
      <Field
        traces={traces}
        scales={scales}
        range={range}
        clock={clock}
        onChoose={(next) => {
          chosen.value = next;
        }}
      />
      <p class="plot-foot">
        <span>{clock(scales.from)}</span>
        {range ? (
          <span class="plot-choice">
            <span>{words.between(clock(range.from), clock(range.to))}</span>
            <button type="button" class="button primary" onClick={search}>
              {words.search}
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={words.clear}
              title={words.clear}
              onClick={() => {
                chosen.value = undefined;
              }}
            >
              <Cross />
            </button>
          </span>
        ) : (
          <span class="muted">{words.how}</span>
        )}
        <span>{clock(scales.to)}</span>
      </p>
    </div>
  );
}

function Field(props: {
  readonly traces: readonly FoundTrace[];
  readonly scales: PlotScales;
  readonly range: Range | undefined;
  readonly clock: (time: number) => string;
  readonly onChoose: (range: Range | undefined) => void;
}) {
  const { traces, scales, range, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const frameWidth = useClientSize(frame).width.value;
  const beside = frameWidth < LEAST_WIDTH ? 0 : BESIDE;
  const width = frameWidth - beside;
  const down = useSignal<{ readonly x: number; readonly time: number } | undefined>(undefined);
  const timeAt = ({ currentTarget, clientX }: PointerEvent) => {
    const { left } = (currentTarget as Element).getBoundingClientRect();
    return timeAtPlace(scales, (clientX - left - GUTTER) / (width - GUTTER));
  };
  const x = (time: number) => GUTTER + placeOfTime(scales, time) * (width - GUTTER);
  const y = (duration: number) => (1 - placeOfDuration(scales, duration)) * HEIGHT;
  return (
    <div
      class="plot-field"
      ref={frame}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        down.value = { x: event.clientX, time: timeAt(event) };
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        const start = down.value;
        if (!start || Math.abs(event.clientX - start.x) < SHORTEST_DRAG) return;
        const time = timeAt(event);
        onChoose({ from: Math.min(time, start.time), to: Math.max(time, start.time) });
      }}
      onPointerUp={(event) => {
        const start = down.value;
        down.value = undefined;
        if (!start || Math.abs(event.clientX - start.x) >= SHORTEST_DRAG) return;
        // The pointer was caught, so the event does not say what lies under it.
        const under = document.elementFromPoint(event.clientX, event.clientY);
        const id = (under as SVGElement | null)?.dataset['trace'];
        if (id !== undefined) navigate(hrefOf(`trace/${id}`));
        else onChoose(undefined);
      }}
      onPointerCancel={() => {
        down.value = undefined;
      }}
    >
      {durationTicks(scales, MOST_TICKS).map((duration) => (
        <i
          key={duration}
          class={y(duration) + TICK_HEIGHT > HEIGHT ? 'plot-tick low' : 'plot-tick'}
          style={{ top: `${y(duration)}px` }}
        >
          {formatDuration(duration)}
        </i>
      ))}
      <svg width={frameWidth} height={HEIGHT + BELOW} aria-hidden="true">
        <path class="plot-edge" d={`M0 ${HEIGHT}.5H${frameWidth}M${width}.5 0V${HEIGHT}`} />
        <TimeBars x={x} {...props} />
        {beside > 0 && <DurationBars from={width} {...props} />}
        {traces.map((trace) => (
          <circle
            key={trace.traceId}
            data-trace={trace.traceId}
            class={trace.errorCount > 0 ? 'failed' : undefined}
            cx={x(trace.startTime)}
            cy={y(trace.duration)}
            r={radiusOf(trace.spanCount)}
          >
            <Told trace={trace} clock={props.clock} />
          </circle>
        ))}
      </svg>
      {range && (
        <i
          class="plot-range"
          style={{ left: `${x(range.from)}px`, width: `${x(range.to) - x(range.from)}px` }}
        />
      )}
      <Handle end="from" x={x} {...props} />
      <Handle end="to" x={x} {...props} />
    </div>
  );
}

interface BarsProps {
  readonly traces: readonly FoundTrace[];
  readonly scales: PlotScales;
  readonly clock: (time: number) => string;
}

function TimeBars(props: BarsProps & { readonly x: (time: number) => number }) {
  const { traces, scales, clock, x } = props;
  const bins = useMemo(() => binsOfTime(traces, scales, TIME_BINS), [traces, scales]);
  const most = mostOf(bins);
  return bins.map((bin) => {
    const [from, to] = [timeAtPlace(scales, bin.from), timeAtPlace(scales, bin.to)];
    const bar = (count: number) => {
      const height = (count / most) * (BELOW - FREE);
      return { x: x(from), width: x(to) - x(from) - 1, y: HEIGHT + BELOW - height, height };
    };
    return <Bar key={from} bin={bin} bar={bar} range={[clock(from), clock(to)]} />;
  });
}

/** @param props.from CSS pixels from the left */
function DurationBars(props: BarsProps & { readonly from: number }) {
  const { traces, scales } = props;
  const bins = useMemo(() => binsOfDuration(traces, scales, DURATION_BINS), [traces, scales]);
  const most = mostOf(bins);
  const told = (place: number) => formatDuration(durationAtPlace(scales, place), 2);
  return bins.map((bin) => {
    const bar = (count: number) => ({
      x: props.from + 1,
      width: (count / most) * (BESIDE - FREE),
      y: (1 - bin.to) * HEIGHT,
      height: (bin.to - bin.from) * HEIGHT - 1,
    });
    return <Bar key={bin.from} bin={bin} bar={bar} range={[told(bin.from), told(bin.to)]} />;
  });
}

const mostOf = (bins: readonly Bin[]) => bins.reduce((most, { count }) => Math.max(most, count), 1);

/** Of a bin, and over it the part of it that failed. */
function Bar(props: {
  readonly bin: Bin;
  /** Where so many are drawn. */
  readonly bar: (count: number) => Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;
  readonly range: readonly [from: string, to: string];
}) {
  const { bin, bar, range } = props;
  const { search, errors } = text();
  const parts = [
    search.found(bin.count),
    ...(bin.errorCount > 0 ? [errors(bin.errorCount)] : []),
    toolsText().plot.between(...range),
  ];
  return (
    <g class="plot-bar">
      <title>{parts.join(' · ')}</title>
      <rect {...bar(bin.count)} />
      {bin.errorCount > 0 && <rect class="failed" {...bar(bin.errorCount)} />}
    </g>
  );
}

function Told({
  trace,
  clock,
}: {
  readonly trace: FoundTrace;
  readonly clock: (time: number) => string;
}) {
  const { search, spans, errors } = text();
  const { root, duration, spanCount, errorCount, startTime } = trace;
  const parts = [
    `${root?.serviceName || search.noName} ${root?.operationName || search.noName}`,
    formatDuration(duration),
    spans(spanCount),
    ...(errorCount > 0 ? [errors(errorCount)] : []),
    clock(startTime),
  ];
  return <title>{parts.join(' · ')}</title>;
}

/** An end of the selection, for the arrow keys; without one at the end of the plot. */
function Handle(props: {
  readonly end: 'from' | 'to';
  /** CSS pixels from the left. */
  readonly x: (time: number) => number;
  readonly scales: PlotScales;
  readonly range: Range | undefined;
  readonly clock: (time: number) => string;
  readonly onChoose: (range: Range) => void;
}) {
  const { end, x, scales, clock } = props;
  const { plot: words } = toolsText();
  const range = props.range ?? { from: scales.from, to: scales.to };
  const [least, most] = end === 'from' ? [scales.from, range.to] : [range.from, scales.to];
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP * (scales.to - scales.from);
    const moved = sliderMove(event.key, { at: range[end], step, least, most });
    if (moved === undefined) return;
    event.preventDefault();
    props.onChoose({ ...range, [end]: moved });
  };
  return (
    <div
      class="plot-handle"
      role="slider"
      tabIndex={0}
      aria-label={words[end]}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={range[end]}
      aria-valuetext={clock(range[end])}
      style={{ left: `${x(range[end])}px` }}
      onKeyDown={onKeyDown}
    />
  );
}

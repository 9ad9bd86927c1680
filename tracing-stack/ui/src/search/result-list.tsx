import { signal, useSignal } from '@preact/signals';
import { formatDuration } from '../format/duration.ts';
import { formatAgo, formatClock, formatInstant, isoInstant } from '../format/time.ts';
import { text } from '../i18n/text.ts';
import { serviceColor, serviceColors } from '../palette/service-color.ts';
import { ErrorMark, OrphanMark } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import { type FoundTrace, type SortOrder, sortTraces } from './found-trace.ts';
import { type LengthScale, lengthScale } from './length-scale.ts';

/** Ids of the traces that are to be compared: at most two. Kept outside, so that they outlive another search. */
const picked = signal<readonly string[]>([]);

export interface ResultsProps {
  readonly traces: readonly FoundTrace[];
  readonly at: Date;
  readonly limit: number;
  /** Whether the server was asked for the longest; with `onSort` it can be asked for them, or for the newest. */
  readonly isLongest?: boolean;
  readonly onSort?: (sort: 'longest-first' | undefined) => void;
}

export function ResultList(props: ResultsProps) {
  const { search } = text();
  const { isLongest = false } = props;
  const order = useSignal<SortOrder>(isLongest ? 'longest' : 'newest');
  const scale = lengthScale(props.traces.map(({ duration }) => duration));
  // Of the whole list, so that no two of its services look the same as long as there are colours.
  const colors = serviceColors(
    props.traces.flatMap(({ services }) => services.map(({ name }) => name)),
  );
  return (
    <>
      <div class="results-head">
        <ResultsTitle {...props} />
        <label>
          {search.sortBy}{' '}
          <select
            onChange={(event) => {
              const wanted = event.currentTarget.value as SortOrder;
              order.value = wanted;
              // Before the limit, and not of what it left.
              const wantsLongest = wanted === 'longest';
              if (
                props.traces.length >= props.limit &&
                (wantsLongest || wanted === 'newest') &&
                wantsLongest !== isLongest
              )
                props.onSort?.(wantsLongest ? 'longest-first' : undefined);
            }}
          >
            {Object.entries(search.sort).map(([value, label]) => (
              <option key={value} value={value} selected={value === order.value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      {scale.isCut && (
        <p class="scale">
          {search.scale(formatDuration(scale.end))} <Cut />
        </p>
      )}
      <ol class="found">
        {sortTraces(props.traces, order.value).map((trace) => (
          <ResultRow
            key={trace.traceId}
            trace={trace}
            at={props.at}
            scale={scale}
            colors={colors}
          />
        ))}
      </ol>
    </>
  );
}

/** How many there are, and, once traces are picked, what compares them. */
export function ResultsTitle({ traces, limit, isLongest = false }: ResultsProps) {
  const { search, shell } = text();
  const [a, b = ''] = picked.value;
  return (
    <>
      <h1>
        {search.found(traces.length)}
        {traces.length >= limit && <small>{search.limited(limit, isLongest)}</small>}
      </h1>
      {a && (
        <a class="button primary" href={hrefOf(`trace/${a}...${b}`)}>
          {shell.compare}
        </a>
      )}
    </>
  );
}

function ResultRow(props: {
  readonly trace: FoundTrace;
  readonly at: Date;
  readonly scale: LengthScale;
  readonly colors: ReadonlyMap<string, number>;
}) {
  const { trace, at, scale, colors } = props;
  const { search, spans, errors, orphans, orphanHint, number, locale } = text();
  const isCut = trace.duration > scale.end;
  const share = isCut || scale.end === 0 ? 100 : (100 * trace.duration) / scale.end;
  return (
    <li>
      <div class="what">
        <Pick id={trace.traceId} />
        <TraceName trace={trace} />
        <ul class="services">
          {trace.services.map((service) => (
            <li key={service.name}>
              <i class="swatch" style={{ background: serviceColor(colors.get(service.name)) }} />
              {service.name || search.noName} <b>{number(service.spanCount)}</b>
            </li>
          ))}
        </ul>
      </div>
      <div class="how-long">
        <b>{formatDuration(trace.duration)}</b>
        <span class="length">
          <i style={{ width: `${share}%` }} />
          {isCut && <Cut />}
        </span>
      </div>
      <div class="how-many">
        {spans(trace.spanCount)}
        {trace.errorCount > 0 && (
          <span class="errors">
            <ErrorMark />
            {errors(trace.errorCount)}
          </span>
        )}
        {trace.orphanCount > 0 && (
          <span class="orphans" title={orphanHint}>
            <OrphanMark />
            {orphans(trace.orphanCount)}
          </span>
        )}
      </div>
      <time
        class="when"
        dateTime={isoInstant(trace.startTime)}
        title={formatInstant(trace.startTime)}
      >
        {formatAgo(trace.startTime, at, locale)}
        <span>{formatClock(trace.startTime, at)}</span>
      </time>
    </li>
  );
}

export function TraceName({ trace: { traceId, root } }: { readonly trace: FoundTrace }) {
  const { noName } = text().search;
  return (
    <>
      <a href={hrefOf(`trace/${traceId}`)}>
        <span class="service-name">{root?.serviceName || noName}</span>{' '}
        <span class="operation-name">{root?.operationName || noName}</span>
      </a>{' '}
      <code class="id">{traceId.slice(0, 7)}</code>
    </>
  );
}

/** Chooses a trace to be compared with another. */
export function Pick({ id }: { readonly id: string }) {
  const ids = picked.value;
  const isPicked = ids.includes(id);
  return (
    <input
      type="checkbox"
      checked={isPicked}
      disabled={!isPicked && ids.length > 1}
      aria-label={`${text().shell.compare}: ${id}`}
      onChange={() => {
        picked.value = isPicked ? ids.filter((each) => each !== id) : [...ids, id];
      }}
    />
  );
}

/** Where a bar is cut off. */
const Cut = () => <i class="cut" />;

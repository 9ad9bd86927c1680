import { useSignal } from '@preact/signals';
import { formatDuration } from '../format/duration.ts';
import { formatAgo, formatClock, formatInstant, isoInstant } from '../format/time.ts';
import { text } from '../i18n/text.ts';
import { serviceColor, serviceColors } from '../palette/service-color.ts';
import { ErrorMark, OrphanMark } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import { type FoundTrace, type SortOrder, sortTraces } from './found-trace.ts';
import { type LengthScale, lengthScale } from './length-scale.ts';

export function ResultList(props: {
  readonly traces: readonly FoundTrace[];
  readonly at: Date;
  readonly limit: number;
}) {
  const { search } = text();
  const order = useSignal<SortOrder>('newest');
  const scale = lengthScale(props.traces.map(({ duration }) => duration));
  // Of the whole list, so that no two of its services look the same as long as there are colours.
  const colors = serviceColors(
    props.traces.flatMap(({ services }) => services.map(({ name }) => name)),
  );
  const isLimited = props.traces.length >= props.limit;
  return (
    <>
      <div class="results-head">
        <h1>
          {search.found(props.traces.length)}
          {isLimited && <small>{search.limited(props.limit)}</small>}
        </h1>
        <label>
          {search.sortBy}{' '}
          <select
            onChange={(event) => {
              order.value = event.currentTarget.value as SortOrder;
            }}
          >
            {Object.entries(search.sort).map(([value, label]) => (
              <option key={value} value={value}>
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
        <a href={hrefOf(`trace/${trace.traceId}`)}>
          <span class="service-name">{trace.root?.serviceName || search.noName}</span>{' '}
          <span class="operation-name">{trace.root?.operationName || search.noName}</span>
        </a>{' '}
        <code class="id">{trace.traceId.slice(0, 7)}</code>
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

/** Where a bar is cut off. */
const Cut = () => <i class="cut" />;

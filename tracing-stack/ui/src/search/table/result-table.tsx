import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { formatAgo, formatInstant, isoInstant } from '../../format/time.ts';
import { type Column, DataGrid } from '../../grid/data-grid.tsx';
import { language } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { serviceColor, serviceColors } from '../../palette/service-color.ts';
import { ErrorMark, OrphanMark } from '../../shell/icons.tsx';
import { hrefOf, navigate } from '../../shell/location.ts';
import type { FoundTrace } from '../found-trace.ts';
import { lengthScale } from '../length-scale.ts';
import { Pick, type ResultsProps, ResultsTitle, TraceName } from '../result-list.tsx';
import { loadTableTexts, tableText } from './i18n/table-text.ts';
import './result-table.css';

/** CSS pixels. */
const ROW_HEIGHT = 36;

/** The table, once there are words for it. */
export async function loadResultTable() {
  await loadTableTexts(language.value);
  return ResultTable;
}

/** What was found as a table, sorted by any column; of however many traces, only the rows that are seen are drawn. */
function ResultTable(props: ResultsProps) {
  const { traces, at, isLongest = false, limit } = props;
  const sort = useSignal({ column: isLongest ? 'duration' : 'start', isDescending: true });
  const cursor = useSignal(0);
  const columns = useColumns(traces, at);
  const rows = useMemo(() => Uint32Array.from(traces.keys()), [traces]);
  const { column, isDescending } = sort.value;
  const isLimited = traces.length >= limit;
  // Before the limit, and not of what it left.
  const wantsLongest = column === 'duration' && isDescending;
  const wantsNewest = column === 'start' && isDescending;
  useEffect(() => {
    if (isLimited && (isLongest ? wantsNewest : wantsLongest))
      props.onSort?.(wantsLongest ? 'longest-first' : undefined);
  }, [isLimited, isLongest, wantsNewest, wantsLongest]);
  return (
    <>
      <div class="results-head">
        <ResultsTitle {...props} />
      </div>
      <div class="result-table" style={{ '--rows': traces.length }}>
        <DataGrid
          label={tableText().label}
          columns={columns}
          rows={rows}
          sort={sort}
          cursor={cursor}
          rowHeight={ROW_HEIGHT}
          minWidth={830}
          onOpen={(row) => navigate(hrefOf(`trace/${traces[row]?.traceId}`))}
        />
      </div>
    </>
  );
}

function useColumns(traces: readonly FoundTrace[], at: Date): Column[] {
  const words = tableText();
  const { number, orphanHint, locale, search } = text();
  return useMemo((): Column[] => {
    const of = (row: number) => traces[row] as FoundTrace;
    const scale = lengthScale(traces.map(({ duration }) => duration));
    const colors = serviceColors(
      traces.flatMap(({ services }) => services.map(({ name }) => name)),
    );
    const count = (id: string, key: 'spanCount' | 'errorCount' | 'orphanCount', mark?: 'e' | 'o') =>
      ({
        id,
        title: words.columns[key],
        track: '62px',
        isNumber: true,
        key: (row: number) => of(row)[key],
        cell: (row: number) => {
          const counted = of(row)[key];
          if (!mark) return number(counted);
          if (counted === 0) return <span class="muted">0</span>;
          return mark === 'e' ? (
            <span class="errors">
              <ErrorMark />
              {number(counted)}
            </span>
          ) : (
            <span class="orphans" title={orphanHint}>
              <OrphanMark />
              {number(counted)}
            </span>
          );
        },
      }) satisfies Column;
    return [
      {
        id: 'trace',
        title: words.columns.trace,
        track: 'minmax(190px, 2.6fr)',
        key: (row) => `${of(row).root?.serviceName} ${of(row).root?.operationName}`,
        cell: (row) => (
          <>
            <Pick id={of(row).traceId} /> <TraceName trace={of(row)} />
          </>
        ),
      },
      {
        id: 'services',
        title: words.columns.services,
        track: 'minmax(110px, 1.3fr)',
        key: (row) => of(row).services.length,
        cell: (row) => <Services trace={of(row)} colors={colors} noName={search.noName} />,
      },
      count('spans', 'spanCount'),
      count('errors', 'errorCount', 'e'),
      count('orphans', 'orphanCount', 'o'),
      {
        id: 'duration',
        title: words.columns.duration,
        track: 'minmax(100px, 160px)',
        isNumber: true,
        key: (row) => of(row).duration,
        cell: (row) => {
          const { duration } = of(row);
          const share = scale.end > 0 ? Math.min(1, duration / scale.end) : 0;
          return (
            <span class="table-duration" style={{ '--share': share }}>
              {formatDuration(duration)}
            </span>
          );
        },
      },
      {
        id: 'start',
        title: words.columns.start,
        track: '104px',
        isNumber: true,
        key: (row) => of(row).startTime,
        cell: (row) => {
          const { startTime } = of(row);
          return (
            <time dateTime={isoInstant(startTime)} title={formatInstant(startTime)}>
              {formatAgo(startTime, at, locale)}
            </time>
          );
        },
      },
    ];
  }, [traces, at, words, number, orphanHint, locale, search]);
}

/** How many there are, a square in the colour of each, and as many names as there is room for. */
function Services(props: {
  readonly trace: FoundTrace;
  readonly colors: ReadonlyMap<string, number>;
  readonly noName: string;
}) {
  const { services } = props.trace;
  const names = services.map(({ name }) => name || props.noName).join(', ');
  return (
    <span class="table-services" title={names}>
      <b>{text().number(services.length)}</b>
      {services.map(({ name }) => (
        <i key={name} class="swatch" style={{ background: serviceColor(props.colors.get(name)) }} />
      ))}
      <span class="muted">{names}</span>
    </span>
  );
}

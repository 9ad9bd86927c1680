import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { type Column, DataGrid } from '../../grid/data-grid.tsx';
import { text } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { Message } from '../../shell/message.tsx';
import { OpenedSpan } from '../opened-span.tsx';
import { hrefInTimeline } from '../trace-address.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { allLogs, findLogs, type LogEntry } from './all-logs.ts';
import { viewsText } from './i18n/views-text.ts';
import { ViewFind } from './view-find.tsx';

/** What all spans logged, by time. Opening a line opens its span; the span's name leads to it in the timeline. */
export function LogsView({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = viewsText();
  const { search } = text();
  const sort = useSignal({ column: 'time', isDescending: false });
  const cursor = useSignal(0);
  const logs = useMemo(() => allLogs(model), [model]);
  const wanted = state.findText.value;
  const rows = useMemo(() => findLogs(model, logs, wanted), [model, logs, wanted]);
  const columns = useMemo((): Column[] => {
    const of = (at: number) => logs[at] as LogEntry;
    const nameOf = (at: number) =>
      `${model.serviceName(of(at).row)} ${model.span(of(at).row).operationName}`;
    return [
      {
        id: 'time',
        title: words.allLogs.time,
        track: '72px',
        isNumber: true,
        key: (at) => of(at).time,
        cell: (at) => formatDuration(of(at).time, 4),
      },
      {
        id: 'span',
        title: words.allLogs.span,
        track: 'minmax(140px, 1fr)',
        key: nameOf,
        cell: (at) => {
          const { row } = of(at);
          const { operationName, spanID } = model.span(row);
          return (
            <a class="log-span" tabIndex={-1} href={hrefInTimeline(spanID)} title={nameOf(at)}>
              <i class="swatch" style={{ background: serviceColor(model.color[row]) }} />
              {operationName || search.noName}
            </a>
          );
        },
      },
      {
        id: 'fields',
        title: words.allLogs.fields,
        track: 'minmax(260px, 3fr)',
        cell: (at) => <Fields entry={of(at)} />,
      },
    ];
  }, [model, logs, words, search]);
  // Opened from elsewhere, the cursor goes to the span's first log.
  const openedRow = state.opened.value;
  useEffect(() => {
    const first = logs.findIndex(({ row }) => row === openedRow);
    if (first !== -1 && logs[cursor.peek()]?.row !== openedRow) cursor.value = first;
  }, [openedRow, logs, cursor]);
  if (logs.length === 0)
    return (
      <Message title={words.allLogs.noneTitle}>
        <p>{words.allLogs.none}</p>
      </Message>
    );
  return (
    <>
      <div class="toolbar">
        <ViewFind state={state} matches={wanted === '' ? [] : rows} cursor={cursor} />
        <span class="shown">{words.allLogs.shown(rows.length, logs.length)}</span>
      </div>
      <div class="trace-body">
        {rows.length === 0 ? (
          <p class="no-match">{words.allLogs.noMatch}</p>
        ) : (
          <DataGrid
            label={words.allLogs.label}
            columns={columns}
            rows={rows}
            sort={sort}
            cursor={cursor}
            rowHeight={30}
            minWidth={540}
            opened={logs[cursor.value]?.row === openedRow ? cursor.value : undefined}
            onOpen={(at) => state.open(logs[at]?.row)}
          />
        )}
        <OpenedSpan state={state} />
      </div>
    </>
  );
}

/** All in one line, the rest cut off: opening the line shows the span with its logs whole. */
function Fields({ entry }: { readonly entry: LogEntry }) {
  const fields = entry.log.fields ?? [];
  const line = fields.map(({ key, value }) => `${key}=${String(value ?? '')}`).join(' ');
  return (
    <span class="log-fields" title={line}>
      {fields.map(({ key, value }, i) => (
        <span key={i}>
          <span class="muted">{key}=</span>
          {String(value ?? '')}{' '}
        </span>
      ))}
    </span>
  );
}

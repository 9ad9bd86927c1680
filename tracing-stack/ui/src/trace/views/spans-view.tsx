import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { type Column, DataGrid } from '../../grid/data-grid.tsx';
import { text, traceText } from '../../i18n/text.ts';
import { OpenedSpan } from '../opened-span.tsx';
import { isNegative } from '../trace-model.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { viewsText } from './i18n/views-text.ts';
import { measuredTrace } from './measured-trace.ts';
import { OperationName, ServiceName } from './span-names.tsx';
import { ViewFind } from './view-find.tsx';

/** Every span as a line of a table that can be sorted. */
export function SpansView({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = viewsText();
  const { trace } = traceText();
  const { number } = text();
  const sort = useSignal({ column: 'start', isDescending: false });
  const all = useMemo(() => Uint32Array.from({ length: model.rowCount }, (_, row) => row), [model]);
  const isFinding = state.findText.value !== '';
  const rows = isFinding ? state.matches.value : all;
  const columns = useMemo((): Column[] => {
    const { selfTimes } = measuredTrace(model);
    const at = (column: Float64Array) => (row: number) => column[row] ?? 0;
    const logCount = (row: number) => model.span(row).logs?.length ?? 0;
    return [
      {
        id: 'service',
        title: words.service,
        track: 'minmax(120px, 1fr)',
        key: model.serviceName,
        cell: (row) => <ServiceName model={model} row={row} />,
      },
      {
        id: 'operation',
        title: words.operation,
        track: 'minmax(160px, 2fr)',
        key: (row) => model.span(row).operationName,
        cell: (row) => <OperationName model={model} row={row} />,
      },
      {
        id: 'start',
        title: words.start,
        track: '96px',
        isNumber: true,
        key: at(model.start),
        cell: (row) => formatDuration(model.start[row] ?? 0),
      },
      {
        id: 'duration',
        title: words.duration,
        track: '88px',
        isNumber: true,
        key: at(model.length),
        cell: (row) =>
          isNegative(model, row) ? trace.negative : formatDuration(model.length[row] ?? 0),
      },
      {
        id: 'self',
        title: words.self,
        track: '88px',
        isNumber: true,
        key: at(selfTimes),
        cell: (row) => formatDuration(selfTimes[row] ?? 0),
      },
      {
        id: 'logs',
        title: words.logs,
        track: '56px',
        isNumber: true,
        key: logCount,
        cell: (row) => (logCount(row) > 0 ? number(logCount(row)) : ''),
      },
      {
        id: 'id',
        title: words.spanId,
        track: '136px',
        key: (row) => model.span(row).spanID,
        cell: (row) => <code class="muted">{model.span(row).spanID}</code>,
      },
    ];
  }, [model, words, trace, number]);
  return (
    <>
      <div class="toolbar">
        <ViewFind state={state} matches={state.matches.value} cursor={state.cursor} />
        <span class="shown">{words.spans.shown(rows.length, model.rowCount)}</span>
      </div>
      <div class="trace-body">
        {rows.length === 0 ? (
          <p class="no-match">{words.spans.none}</p>
        ) : (
          <DataGrid
            label={words.spans.label}
            columns={columns}
            rows={rows}
            sort={sort}
            cursor={state.cursor}
            rowHeight={30}
            minWidth={860}
            opened={state.opened.value}
            onOpen={state.open}
          />
        )}
        <OpenedSpan state={state} />
      </div>
    </>
  );
}

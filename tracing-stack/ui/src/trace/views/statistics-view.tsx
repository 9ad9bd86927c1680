import { useSignal } from '@preact/signals';
import type { SpanStatistics } from '@spoor/analysis';
import { useMemo } from 'preact/hooks';
import { formatDuration } from '../../format/duration.ts';
import { type Column, DataGrid } from '../../grid/data-grid.tsx';
import { text } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { ErrorMark } from '../../shell/icons.tsx';
import type { TraceModel } from '../trace-model.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { type Grouping, groupedSpans, tagKeys } from './grouping.ts';
import { viewsText } from './i18n/views-text.ts';

/** What groups of spans come to. */
export function StatisticsView({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = viewsText();
  const grouping = useSignal<Grouping>('operation');
  const sort = useSignal({ column: 'self', isDescending: true });
  const cursor = useSignal(0);
  const by = grouping.value;
  const groups = useMemo(() => groupedSpans(model, by), [model, by]);
  const rows = useMemo(() => groups.map((_, at) => at), [groups]);
  const columns = useColumns(model, groups, by);
  return (
    <>
      <div class="toolbar">
        <GroupBy model={model} grouping={by} onChange={(next) => (grouping.value = next)} />
        <span class="shown">{words.statistics.groups(groups.length)}</span>
      </div>
      <div class="trace-body">
        <DataGrid
          label={words.statistics.label}
          columns={columns}
          rows={rows}
          sort={sort}
          cursor={cursor}
          rowHeight={30}
          minWidth={940}
        />
      </div>
    </>
  );
}

function GroupBy(props: {
  readonly model: TraceModel;
  readonly grouping: Grouping;
  readonly onChange: (grouping: Grouping) => void;
}) {
  const { model, grouping, onChange } = props;
  const { statistics } = viewsText();
  const { tags, process } = useMemo(() => tagKeys(model), [model]);
  const options = (prefix: 'tag' | 'process', keys: readonly string[]) =>
    keys.map((key) => (
      <option key={key} value={`${prefix}:${key}`} selected={grouping === `${prefix}:${key}`}>
        {key}
      </option>
    ));
  return (
    <label class="group-by">
      {statistics.groupBy}{' '}
      <select onChange={(event) => onChange(event.currentTarget.value as Grouping)}>
        <option value="operation" selected={grouping === 'operation'}>
          {statistics.byOperation}
        </option>
        <option value="service" selected={grouping === 'service'}>
          {statistics.byService}
        </option>
        {tags.length > 0 && <optgroup label={statistics.tags}>{options('tag', tags)}</optgroup>}
        {process.length > 0 && (
          <optgroup label={statistics.processTags}>{options('process', process)}</optgroup>
        )}
      </select>
    </label>
  );
}

function useColumns(
  model: TraceModel,
  groups: readonly SpanStatistics[],
  grouping: Grouping,
): Column[] {
  const words = viewsText();
  const { number } = text();
  return useMemo(() => {
    const { statistics } = words;
    const of = (at: number) => groups[at] as SpanStatistics;
    const allSelf = groups.reduce((sum, { selfTime }) => sum + selfTime, 0);
    const time = (id: 'total' | 'average' | 'min' | 'max', title: string): Column => ({
      id,
      title,
      track: '84px',
      isNumber: true,
      key: (at) => of(at)[id],
      cell: (at) => formatDuration(of(at)[id]),
    });
    return [
      {
        id: 'name',
        title: nameTitle(grouping, words),
        track: 'minmax(200px, 1fr)',
        key: (at) => of(at).names.join(' '),
        cell: (at) => <GroupName model={model} names={of(at).names} grouping={grouping} />,
      },
      {
        id: 'count',
        title: statistics.count,
        track: '64px',
        isNumber: true,
        key: (at) => of(at).count,
        cell: (at) => number(of(at).count),
      },
      {
        id: 'errors',
        title: statistics.errors,
        track: '64px',
        isNumber: true,
        key: (at) => of(at).errorCount,
        cell: (at) =>
          of(at).errorCount > 0 && (
            <span class="errors">
              <ErrorMark />
              {number(of(at).errorCount)}
            </span>
          ),
      },
      time('total', statistics.total),
      time('average', statistics.average),
      time('min', statistics.min),
      time('max', statistics.max),
      {
        id: 'self',
        title: words.self,
        track: '170px',
        isNumber: true,
        key: (at) => of(at).selfTime,
        cell: (at) => {
          const part = allSelf > 0 ? of(at).selfTime / allSelf : 0;
          return (
            <span class="share" title={words.percent(part)}>
              <i style={{ width: `${100 * part}%` }} />
              <span>{formatDuration(of(at).selfTime)}</span>
            </span>
          );
        },
      },
    ];
  }, [model, groups, grouping, words, number]);
}

function nameTitle(grouping: Grouping, words: ReturnType<typeof viewsText>): string {
  if (grouping === 'service') return words.service;
  if (grouping === 'operation') return words.statistics.byOperation;
  return grouping.slice(grouping.indexOf(':') + 1);
}

function GroupName(props: {
  readonly model: TraceModel;
  readonly names: readonly string[];
  readonly grouping: Grouping;
}) {
  const { names, grouping } = props;
  const { search } = text();
  if (grouping !== 'service' && grouping !== 'operation')
    return names[0] === undefined ? (
      <span class="muted">{viewsText().statistics.without}</span>
    ) : (
      <code>{names[0]}</code>
    );
  const [service = '', operation] = names;
  return (
    <>
      <i class="swatch" style={{ background: serviceColor(props.model.colorOfService(service)) }} />
      <span class="service-name">{service || search.noName}</span>
      {operation !== undefined && (
        <span class="operation-name muted"> {operation || search.noName}</span>
      )}
    </>
  );
}

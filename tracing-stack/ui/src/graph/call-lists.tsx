import { useSignal } from '@preact/signals';
import type { DependencyJson, ServiceNode } from '@spoor/analysis';
import { useMemo } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { type Column, DataGrid } from '../grid/data-grid.tsx';
import { text } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { navigate } from '../shell/location.ts';
import { type CallFigures, callKey } from './dependencies-client.ts';
import { graphHref } from './graph-address.ts';
import type { GraphProps } from './graph-view.tsx';
import { graphText } from './i18n/graph-text.ts';

/** What the graph shows, as lists: to be read out, sorted and searched. Opening a line focuses on its service. */
export function CallLists(props: GraphProps) {
  const words = graphText();
  const list = useSignal<'calls' | 'services'>('calls');
  return (
    <>
      <p class="list-choice">
        {(['calls', 'services'] as const).map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={list.value === each}
            onClick={() => {
              list.value = each;
            }}
          >
            {words[each]}
          </button>
        ))}
      </p>
      {list.value === 'calls' ? <Calls {...props} /> : <Services {...props} />}
    </>
  );
}

/** A column of figures, which may come later than the others. */
function figureColumn(
  which: keyof CallFigures,
  title: string,
  track: string,
  figuresOf: (at: number) => CallFigures | undefined,
  say: (value: number) => string,
): Column {
  const of = (at: number) => figuresOf(at)?.[which] ?? Number.NaN;
  return {
    id: which,
    title,
    track,
    isNumber: true,
    key: of,
    cell: (at) => (Number.isNaN(of(at)) ? '' : say(of(at))),
  };
}

function Calls({ address, graph, figures, colors }: GraphProps) {
  const words = graphText();
  const { number } = text();
  const { edges } = graph;
  const sort = useSignal({ column: 'calls', isDescending: true });
  const cursor = useSignal(0);
  const rows = useMemo(() => edges.map((_, at) => at), [edges]);
  const columns = useMemo((): Column[] => {
    const of = (at: number) => edges[at] as DependencyJson;
    const figuresOf = (at: number) => figures?.ofCall.get(callKey(of(at)));
    const service = (id: 'parent' | 'child', title: string): Column => ({
      id,
      title,
      track: 'minmax(64px, 1fr)',
      key: (at) => of(at)[id],
      cell: (at) => <Service name={of(at)[id]} colors={colors} />,
    });
    return [
      service('parent', words.caller),
      service('child', words.callee),
      {
        id: 'calls',
        title: words.calls,
        track: '54px',
        isNumber: true,
        key: (at) => of(at).callCount,
        cell: (at) => number(of(at).callCount),
      },
      figureColumn('errors', words.errors, '54px', figuresOf, words.percent),
      figureColumn('latency', words.latencyColumn, '58px', figuresOf, formatDuration),
    ];
  }, [edges, figures, colors, words, number]);
  return (
    <DataGrid
      label={words.calls}
      columns={columns}
      rows={rows}
      sort={sort}
      cursor={cursor}
      rowHeight={30}
      minWidth={400}
      onOpen={(at) => navigate(graphHref({ ...address, focus: edges[at]?.child }))}
    />
  );
}

function Services({ address, graph, figures, colors }: GraphProps) {
  const words = graphText();
  const { number } = text();
  const { nodes } = graph;
  const sort = useSignal({ column: 'calls', isDescending: true });
  const cursor = useSignal(0);
  const rows = useMemo(() => nodes.map((_, at) => at), [nodes]);
  const columns = useMemo((): Column[] => {
    const of = (at: number) => nodes[at] as ServiceNode;
    const figuresOf = (at: number) => figures?.ofService.get(of(at).name);
    return [
      {
        id: 'service',
        title: words.service,
        track: 'minmax(90px, 1fr)',
        key: (at) => of(at).name,
        cell: (at) => <Service name={of(at).name} colors={colors} />,
      },
      {
        id: 'calls',
        title: words.callsIn,
        track: '64px',
        isNumber: true,
        key: (at) => of(at).callsIn,
        cell: (at) => number(of(at).callsIn),
      },
      figureColumn('errors', words.errors, '60px', figuresOf, words.percent),
      figureColumn('latency', words.latencyColumn, '72px', figuresOf, formatDuration),
    ];
  }, [nodes, figures, colors, words, number]);
  return (
    <DataGrid
      label={words.services}
      columns={columns}
      rows={rows}
      sort={sort}
      cursor={cursor}
      rowHeight={30}
      minWidth={340}
      onOpen={(at) => navigate(graphHref({ ...address, focus: nodes[at]?.name }))}
    />
  );
}

function Service(props: { readonly name: string; readonly colors: ReadonlyMap<string, number> }) {
  const { name, colors } = props;
  return (
    <span title={name}>
      <i class="swatch" style={{ background: serviceColor(colors.get(name)) }} />
      {name || text().search.noName}
    </span>
  );
}

import { useSignal } from '@preact/signals';
import { type DependencyJson, type ServiceGraph, serviceGraph } from '@spoor/analysis';
import { useEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { text } from '../i18n/text.ts';
import { serviceColor, serviceColors } from '../palette/service-color.ts';
import { base, hrefOf } from '../shell/location.ts';
import { Message } from '../shell/message.tsx';
import { CallLists } from './call-lists.tsx';
import { type CallTime, type Figures, readFigures } from './dependencies-client.ts';
import { type GraphAddress, graphHref } from './graph-address.ts';
import { GraphDrawing } from './graph-drawing.tsx';
import { graphText } from './i18n/graph-text.ts';

/** More are not laid out: it would take seconds, and nobody could read it. */
const MOST_SERVICES = 150;
const MOST_EDGES = 600;
/** Up to so many calls the figures are worked out unasked. */
const FEW_CALLS = 50_000;

/** The graph, and beside it the same as lists. */
export function GraphView(props: {
  readonly address: GraphAddress;
  readonly links: readonly DependencyJson[];
  readonly time: CallTime;
}) {
  const { address, links, time } = props;
  const { focus } = address;
  const words = graphText();
  const all = useMemo(() => serviceGraph(links), [links]);
  const graph = useMemo(() => serviceGraph(links, focus), [links, focus]);
  const colors = useMemo(() => serviceColors(all.nodes.map(({ name }) => name)), [all]);
  const figures = useFigures(all, time);
  const known = figures.state.is === 'known' ? figures.state.figures : undefined;
  return (
    <div class="graph-body">
      <Drawing address={address} graph={graph} figures={known} colors={colors} />
      <aside class="graph-side" aria-label={words.listOf} hidden={graph.nodes.length === 0}>
        {focus !== undefined && (
          <Focused address={address} graph={graph} focus={focus} figures={known} colors={colors} />
        )}
        <FiguresState {...figures} />
        <CallLists address={address} graph={graph} figures={known} colors={colors} />
      </aside>
    </div>
  );
}

export interface GraphProps {
  readonly address: GraphAddress;
  readonly graph: ServiceGraph;
  readonly figures: Figures | undefined;
  readonly colors: ReadonlyMap<string, number>;
}

function Drawing(props: GraphProps) {
  const { graph, address } = props;
  const words = graphText();
  const { nodes, edges } = graph;
  if (nodes.length === 0)
    return (
      <Message title={words.notHereTitle}>
        <p>{words.notHere(address.focus ?? '')}</p>
        <p>
          <a href={graphHref({ ...address, focus: undefined })}>{words.showAll}</a>
        </p>
      </Message>
    );
  if (nodes.length > MOST_SERVICES || edges.length > MOST_EDGES)
    return (
      <Message title={words.tooManyTitle}>
        <p>{words.tooMany(nodes.length, edges.length)}</p>
      </Message>
    );
  return <GraphDrawing {...props} />;
}

type FiguresState =
  | { readonly is: 'not-asked' }
  | { readonly is: 'counting' }
  | { readonly is: 'known'; readonly figures: Figures }
  | { readonly is: 'failed'; readonly message: string };

/** Errors and latency come after the graph: they take longer, and it is of use without them. */
function useFigures(graph: ServiceGraph, time: CallTime) {
  const state = useSignal<FiguresState>({ is: 'not-asked' });
  const isAsked = useSignal(false);
  const calls = graph.edges.reduce((sum, { callCount }) => sum + callCount, 0);
  const isWanted = isAsked.value || calls <= FEW_CALLS;
  useEffect(() => {
    if (!isWanted) return;
    const reading = new AbortController();
    state.value = { is: 'counting' };
    const names = graph.nodes.map(({ name }) => name);
    readFigures(base, names, time, reading.signal).then(
      (figures) => {
        state.value = { is: 'known', figures };
      },
      (error: Error) => {
        if (!reading.signal.aborted) state.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [graph, time, isWanted, state]);
  return {
    state: state.value,
    ask: () => {
      isAsked.value = true;
    },
  };
}

function FiguresState({ state, ask }: ReturnType<typeof useFigures>) {
  const words = graphText();
  if (state.is === 'known') return null;
  if (state.is === 'failed')
    return (
      <p class="graph-note">
        {words.noFigures}: {state.message}
      </p>
    );
  return (
    <p class="graph-note" role="status">
      {state.is === 'counting' ? (
        words.counting
      ) : (
        <button type="button" class="button" onClick={ask}>
          {words.askFigures}
        </button>
      )}
    </p>
  );
}

/** The service that is looked at. */
function Focused(props: GraphProps & { readonly focus: string }) {
  const { address, graph, focus, figures, colors } = props;
  const words = graphText();
  const { number } = text();
  const node = graph.nodes.find(({ name }) => name === focus);
  const own = figures?.ofService.get(focus);
  if (!node) return null;
  return (
    <section class="focused" style={{ '--service': serviceColor(colors.get(focus)) }}>
      <h2>{focus}</h2>
      <dl class="facts">
        <Fact label={words.callsIn}>{number(node.callsIn)}</Fact>
        <Fact label={words.callsOut}>{number(node.callsOut)}</Fact>
        {own && !Number.isNaN(own.errors) && (
          <Fact label={words.errors} hint={words.figuresHint}>
            <span class={own.errors > 0 ? 'errors' : undefined}>{words.percent(own.errors)}</span>
          </Fact>
        )}
        {own && !Number.isNaN(own.latency) && (
          <Fact label={words.latency} hint={words.figuresHint}>
            {formatDuration(own.latency)}
          </Fact>
        )}
      </dl>
      {node.ownCalls > 0 && <p class="muted">{words.ownCalls(node.ownCalls)}</p>}
      <p class="focused-links">
        <a href={hrefOf(`search?${new URLSearchParams({ service: focus })}`)}>{words.findTraces}</a>
        <a href={graphHref({ ...address, focus: undefined })}>{words.showAll}</a>
      </p>
    </section>
  );
}

function Fact(props: {
  readonly label: string;
  readonly hint?: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div title={props.hint}>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

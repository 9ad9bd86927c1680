import { useSignal } from '@preact/signals';
import { type DependencyJson, serviceGraph } from '@spoor/analysis';
import { useEffect } from 'preact/hooks';
import { language } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { lookbackMicros } from '../search/search-query.ts';
import { base, navigate } from '../shell/location.ts';
import { Failure, Message } from '../shell/message.tsx';
import { type CallTime, readDependencies } from './dependencies-client.ts';
import { type GraphAddress, graphAddress, graphHref, LOOKBACKS } from './graph-address.ts';
import { GraphView } from './graph-view.tsx';
import { graphText, loadGraphTexts } from './i18n/graph-text.ts';
import '../shell/page-head.css';
import './graph.css';

type State =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'read'; readonly links: readonly DependencyJson[]; readonly time: CallTime };

/** The page, once there are words for it. */
export async function loadGraphPage() {
  await loadGraphTexts(language.value);
  return GraphPage;
}

/** Which service calls which, and how often. */
function GraphPage() {
  const words = graphText();
  const { loading } = text();
  const address = graphAddress();
  const { lookback } = address;
  const state = useSignal<State>({ is: 'loading' });
  const attempt = useSignal(0);
  const attempts = attempt.value;
  useEffect(() => {
    document.title = words.pageTitle;
  }, [words]);
  useEffect(() => {
    const reading = new AbortController();
    state.value = { is: 'loading' };
    const time = { end: Date.now(), lookback: (lookbackMicros(lookback) ?? 0) / 1e3 };
    readDependencies(base, time, reading.signal).then(
      (links) => {
        state.value = { is: 'read', links, time };
      },
      (error: Error) => {
        if (!reading.signal.aborted) state.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [lookback, attempts, state]);
  const shown = state.value;
  return (
    <div class="graph-page">
      <Head address={address} links={shown.is === 'read' ? shown.links : []} />
      {shown.is === 'loading' && <p class="loading">{loading}</p>}
      {shown.is === 'failed' && (
        <Failure title={words.failed} message={shown.message} onAgain={() => attempt.value++} />
      )}
      {shown.is === 'read' &&
        (shown.links.length === 0 ? (
          <Empty address={address} />
        ) : (
          <GraphView address={address} links={shown.links} time={shown.time} />
        ))}
    </div>
  );
}

function Head(props: {
  readonly address: GraphAddress;
  readonly links: readonly DependencyJson[];
}) {
  const { address, links } = props;
  const words = graphText();
  const { lookbacks } = text().search;
  const { nodes } = serviceGraph(links);
  const calls = links.reduce((sum, { callCount }) => sum + callCount, 0);
  const names = nodes.map(({ name }) => name);
  const { focus } = address;
  // One that has no calls can be asked for by the address.
  const offered = focus === undefined || names.includes(focus) ? names : [focus, ...names];
  return (
    <header class="page-head">
      <h1>
        {words.title}
        {links.length > 0 && <small>{words.counts(nodes.length, calls)}</small>}
      </h1>
      <label>
        {words.focus}{' '}
        <select
          onChange={({ currentTarget: { value } }) =>
            navigate(graphHref({ ...address, focus: value || undefined }))
          }
        >
          <option value="" selected={focus === undefined}>
            {words.allServices}
          </option>
          {offered.map((name) => (
            <option key={name} value={name} selected={name === focus}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.lookback}{' '}
        <select
          onChange={({ currentTarget: { value } }) => {
            const lookback = LOOKBACKS.find((each) => each === value);
            if (lookback) navigate(graphHref({ ...address, lookback }));
          }}
        >
          {LOOKBACKS.map((each) => (
            <option key={each} value={each} selected={each === address.lookback}>
              {lookbacks[each]}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

function Empty({ address }: { readonly address: GraphAddress }) {
  const words = graphText();
  return (
    <Message title={words.emptyTitle}>
      <p>{words.empty}</p>
      <p>
        <code class="command">npm run lesson:3</code>
      </p>
      <p class="muted">{words.emptyJob}</p>
      {address.lookback !== '30d' && (
        <p>
          <a class="button" href={graphHref({ ...address, lookback: '30d' })}>
            {words.lookFurther}
          </a>
        </p>
      )}
    </Message>
  );
}

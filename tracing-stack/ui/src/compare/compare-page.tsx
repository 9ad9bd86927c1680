import { useSignal } from '@preact/signals';
import type { TraceJson } from '@spoor/analysis';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { language } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { hrefOf } from '../shell/location.ts';
import { Message } from '../shell/message.tsx';
import { CompareForm } from './compare-form.tsx';
import { CompareView } from './compare-view.tsx';
import { type ComparedTraces, comparedTraces } from './compared-traces.ts';
import { compareText, loadCompareTexts } from './i18n/compare-text.ts';
import './compare.css';

/** The page, once there are words for it. */
export async function loadComparePage() {
  await loadCompareTexts(language.value);
  return ComparePage;
}

type State =
  | { readonly is: 'loading' }
  | { readonly is: 'read'; readonly compared: ComparedTraces }
  | { readonly is: 'failed'; readonly failures: readonly Failure[] };

interface Failure {
  readonly side: 'first' | 'second';
  /** Absent: the trace has no spans. */
  readonly message?: string;
}

/** Two traces over each other; an id that the address leaves out is asked for. */
function ComparePage(props: {
  readonly client: QueryClient;
  readonly a: string;
  readonly b: string;
}) {
  const { client, a, b } = props;
  const words = compareText();
  const { tryAgain, loading } = text();
  const state = useSignal<State>({ is: 'loading' });
  const attempt = useSignal(0);
  const attempts = attempt.value;
  const isComplete = a !== '' && b !== '';
  useEffect(() => {
    document.title = words.pageTitle;
  }, [words]);
  useEffect(() => {
    if (!isComplete) return;
    const reading = new AbortController();
    state.value = { is: 'loading' };
    readBoth(client, a, b, reading.signal).then((read) => {
      if (!reading.signal.aborted) state.value = read;
    });
    return () => reading.abort();
  }, [client, a, b, isComplete, attempts, state]);
  if (!isComplete)
    return (
      <section class="compare-start">
        <h1>{words.title}</h1>
        <p class="muted">{words.how}</p>
        <CompareForm a={a} b={b} />
        <p>
          <a href={hrefOf('search')}>{words.toSearch}</a>
        </p>
      </section>
    );
  const shown = state.value;
  if (shown.is === 'loading') return <p class="loading">{loading}</p>;
  if (shown.is === 'read') return <CompareView compared={shown.compared} ids={{ a, b }} />;
  return (
    <>
      {shown.failures.map(({ side, message }) => (
        <Message key={side} title={words.failed(words[side])} tone="danger">
          <p class="server-says">{message ?? words.noSpans}</p>
        </Message>
      ))}
      <section class="compare-start">
        <CompareForm a={a} b={b} />
        <p>
          <button type="button" class="button" onClick={() => attempt.value++}>
            {tryAgain}
          </button>
        </p>
      </section>
    </>
  );
}

async function readBoth(
  client: QueryClient,
  a: string,
  b: string,
  signal: AbortSignal,
): Promise<State> {
  const [first, second] = await Promise.all([
    readOne(client, a, 'first', signal),
    readOne(client, b, 'second', signal),
  ]);
  if ('spans' in first && 'spans' in second)
    return { is: 'read', compared: comparedTraces(first, second) };
  return {
    is: 'failed',
    failures: [first, second].filter((each): each is Failure => 'side' in each),
  };
}

async function readOne(
  client: QueryClient,
  traceId: string,
  side: Failure['side'],
  signal: AbortSignal,
): Promise<TraceJson | Failure> {
  try {
    const trace = await client.trace(traceId, signal);
    return trace && trace.spans.length > 0 ? trace : { side };
  } catch (error) {
    return { side, message: error instanceof Error ? error.message : String(error) };
  }
}

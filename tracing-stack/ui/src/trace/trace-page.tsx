import { useSignal } from '@preact/signals';
import type { TraceJson } from '@spoor/analysis';
import { useEffect } from 'preact/hooks';
import { type QueryClient, QueryError } from '../api/query-client.ts';
import { text, traceText } from '../i18n/text.ts';
import { Later } from '../shell/later.tsx';
import { Failure } from '../shell/message.tsx';
import './trace.css';
import { type TraceModel, traceModel } from './trace-model.ts';
import { TraceView } from './trace-view.tsx';

type State =
  | { readonly is: 'loading' }
  | { readonly is: 'read'; readonly model: TraceModel }
  /** Without a message: the trace has no spans. */
  | { readonly is: 'failed'; readonly message?: string; readonly isMissing: boolean };

export function TracePage(props: { readonly client: QueryClient; readonly traceId: string }) {
  const { client, traceId } = props;
  const state = useSignal<State>({ is: 'loading' });
  const attempt = useSignal(0);
  const { trace } = traceText();
  const { loading } = text();
  const attempts = attempt.value;
  useEffect(() => {
    const reading = new AbortController();
    state.value = { is: 'loading' };
    document.title = trace.pageTitle(trace.loadingTitle);
    readTrace(client, traceId, reading.signal).then((read) => {
      if (!reading.signal.aborted) state.value = read;
    });
    return () => reading.abort();
  }, [client, traceId, attempts]);
  const shown = state.value;
  if (shown.is === 'loading') return <p class="loading">{loading}</p>;
  const follow = (spanCount: number, ghostCount: number) => {
    const onMore = (more: TraceJson) => {
      state.value = { is: 'read', model: traceModel(more) };
    };
    return <Later load={loadFollow} with={{ client, traceId, spanCount, ghostCount, onMore }} />;
  };
  if (shown.is === 'read') {
    const { model } = shown;
    return (
      <TraceView model={model}>
        {isGrowing(model) && follow(model.rowCount, model.ghosts.length)}
      </TraceView>
    );
  }
  return (
    <>
      <Failure
        title={shown.isMissing ? trace.notFoundTitle : trace.failed}
        message={shown.message ?? trace.empty}
        onAgain={() => attempt.value++}
      >
        {shown.isMissing && <p>{trace.notFound}</p>}
      </Failure>
      {shown.isMissing && follow(0, 0)}
    </>
  );
}

const loadFollow = async () => (await import('./follow/follow.tsx')).loadFollow();

/** So long after its end, in microseconds, what is missing of a trace may still come. */
const YOUNG = 120e6;

/** Whether parents are missing that may still be on their way. */
function isGrowing({ ghosts, summary: { startTime, duration } }: TraceModel): boolean {
  return ghosts.length > 0 && Math.abs(Date.now() * 1e3 - startTime - duration) < YOUNG;
}

async function readTrace(
  client: QueryClient,
  traceId: string,
  signal: AbortSignal,
): Promise<State> {
  try {
    const trace = await client.trace(traceId, signal);
    if (trace && trace.spans.length > 0) return { is: 'read', model: traceModel(trace) };
    return { is: 'failed', isMissing: true };
  } catch (error) {
    const isMissing = error instanceof QueryError && error.code === 404;
    return {
      is: 'failed',
      message: error instanceof Error ? error.message : String(error),
      isMissing,
    };
  }
}

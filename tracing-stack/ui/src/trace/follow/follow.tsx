import { useSignal } from '@preact/signals';
import type { TraceJson } from '@spoor/analysis';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../../api/query-client.ts';
import { language } from '../../i18n/language.ts';
import './follow.css';
import { followText, loadFollowTexts } from './i18n/follow-text.ts';
import { moreSpans } from './looks.ts';

/** What follows a trace, once there are words for it. */
export async function loadFollow() {
  await loadFollowTexts(language.value);
  return Follow;
}

/** Looks for the spans of a trace that have not arrived, and says so. */
function Follow(props: {
  readonly client: QueryClient;
  readonly traceId: string;
  /** How many have arrived. */
  readonly spanCount: number;
  /** How many others are named as parents, and have not. */
  readonly ghostCount: number;
  readonly onMore: (trace: TraceJson) => void;
}) {
  const { client, traceId, spanCount, ghostCount, onMore } = props;
  const words = followText();
  const state = useSignal<'looking' | 'stopped' | Error>('looking');
  const attempt = useSignal(0);
  const attempts = attempt.value;
  useEffect(() => {
    const looking = new AbortController();
    state.value = 'looking';
    moreSpans(client, traceId, spanCount, looking.signal).then(
      (trace) => {
        if (looking.signal.aborted) return;
        if (trace) onMore(trace);
        else state.value = 'stopped';
      },
      (error: Error) => {
        if (!looking.signal.aborted) state.value = error;
      },
    );
    return () => looking.abort();
  }, [client, traceId, spanCount, attempts]);
  const shown = state.value;
  return (
    <p class="follow" role="status">
      {ghostCount > 0 && <span>{words.missing(ghostCount)}</span>}
      {shown === 'looking' ? (
        <span class="muted">{words.looking}</span>
      ) : (
        <>
          <span class="muted">{shown === 'stopped' ? words.stopped : shown.message}</span>
          <button type="button" class="button" onClick={() => attempt.value++}>
            {words.again}
          </button>
        </>
      )}
    </p>
  );
}

import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { language } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { base } from '../../shell/location.ts';
import { Failure } from '../../shell/message.tsx';
import type { TraceViewState } from '../trace-view-state.ts';
import { carriedSpans } from './carried-spans.ts';
import { loadWireTexts, wireText } from './i18n/wire-text.ts';
import { MessageChoice } from './message-choice.tsx';
import { MessageView } from './message-view.tsx';
import { NoMessages } from './no-messages.tsx';
import {
  type ListedMessage,
  type MessageList,
  type WireClient,
  wireClient,
} from './wire-client.ts';
import './wire.css';

/** The wire view, once there are words for it. */
export async function loadWirePage() {
  await loadWireTexts(language.value);
  return WirePage;
}

type List =
  | { readonly is: 'reading' }
  | { readonly is: 'read'; readonly list: MessageList }
  | { readonly is: 'failed'; readonly message: string };

/** The messages that carried the trace, as they came: which bytes say what. */
function WirePage({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = wireText();
  const client = useMemo(() => wireClient(base), []);
  const list = useSignal<List>({ is: 'reading' });
  const attempt = useSignal(0);
  const attempts = attempt.value;
  useEffect(() => {
    const reading = new AbortController();
    // More spans of the same trace may have arrived: what is shown stays until it is known what carried them.
    if (list.peek().is === 'failed') list.value = { is: 'reading' };
    client.list(model.traceId, reading.signal).then(
      (read) => {
        list.value = { is: 'read', list: read };
      },
      (error: Error) => {
        if (!reading.signal.aborted) list.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [client, model, list, attempts]);
  const shown = list.value;
  const again = () => attempt.value++;
  if (shown.is === 'reading') return <p class="loading">{text().loading}</p>;
  if (shown.is === 'failed')
    return <Failure title={words.failed} message={shown.message} onAgain={again} />;
  if (shown.list.messages.length === 0)
    return <NoMessages model={model} sources={shown.list.sources} onAgain={again} />;
  return <Messages state={state} client={client} list={shown.list} onAgain={again} />;
}

const keyOf = ({ source, number }: ListedMessage) => `${source}/${number}`;

function Messages(props: {
  readonly state: TraceViewState;
  readonly client: WireClient;
  readonly list: MessageList;
  readonly onAgain: () => void;
}) {
  const { state, client, list, onAgain } = props;
  const { model, opened } = state;
  const { messages } = list;
  const chosen = useSignal<string | undefined>(undefined);
  const row = opened.value;
  const carried = useMemo(() => carriedSpans(model, list), [model, list]);
  const spanId = row === undefined ? undefined : carried.idOf(row);
  const holdsSpan = ({ spanIds }: ListedMessage) =>
    spanId !== undefined && spanIds.includes(spanId);
  const asked = messages.find((each) => keyOf(each) === chosen.value);
  // Another span may have been opened since the message was chosen.
  const isRight = asked && (spanId === undefined || holdsSpan(asked));
  const message = isRight ? asked : (messages.find(holdsSpan) ?? asked ?? messages[0]);
  if (message === undefined) return null;
  const choose = (wanted: ListedMessage) => {
    chosen.value = keyOf(wanted);
    if (!holdsSpan(wanted)) state.open(undefined);
  };
  return (
    <div class="trace-body wire">
      <MessageChoice
        list={list}
        chosen={message}
        isOpenedMissing={row !== undefined && spanId === undefined}
        missing={carried.missing}
        onChoose={choose}
      />
      <MessageView
        key={keyOf(message)}
        state={state}
        client={client}
        head={message}
        carried={carried}
        onAgain={onAgain}
      />
    </div>
  );
}

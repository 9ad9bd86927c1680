import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { text } from '../../i18n/text.ts';
import { Failure } from '../../shell/message.tsx';
import type { TraceViewState } from '../trace-view-state.ts';
import type { CarriedSpans } from './carried-spans.ts';
import { formatBytes } from './format-bytes.ts';
import { HexView } from './hex-view.tsx';
import { wireText } from './i18n/wire-text.ts';
import { InjectedHeader } from './injected-header.tsx';
import { messageState } from './message-state.ts';
import { type OpenMessage, openMessage } from './part-tree.ts';
import { PartsView } from './parts-view.tsx';
import { Told } from './told.tsx';
import type { ListedMessage, WireClient } from './wire-client.ts';

type Read =
  | { readonly is: 'reading' }
  | { readonly is: 'read'; readonly message: OpenMessage }
  | { readonly is: 'failed'; readonly message: string };

/** One message, once its bytes are here. */
export function MessageView(props: {
  readonly state: TraceViewState;
  readonly client: WireClient;
  readonly head: ListedMessage;
  readonly carried: CarriedSpans;
  readonly onAgain: () => void;
}) {
  const { state, client, head, carried, onAgain } = props;
  const words = wireText();
  const read = useSignal<Read>({ is: 'reading' });
  const { traceId } = state.model;
  useEffect(() => {
    const reading = new AbortController();
    client.message(traceId, head, reading.signal).then(
      (message) => {
        read.value = { is: 'read', message: openMessage(message) };
      },
      (error: Error) => {
        if (!reading.signal.aborted) read.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [client, traceId, head, read]);
  const shown = read.value;
  return (
    <section class="wire-message" aria-label={words.message}>
      {shown.is === 'reading' && <p class="loading">{text().loading}</p>}
      {shown.is === 'failed' && (
        <Failure title={words.gone} message={shown.message} onAgain={onAgain} />
      )}
      {shown.is === 'read' && (
        <ReadMessage state={state} carried={carried} message={shown.message} />
      )}
    </section>
  );
}

function ReadMessage(props: {
  readonly state: TraceViewState;
  readonly carried: CarriedSpans;
  readonly message: OpenMessage;
}) {
  const { state, carried, message } = props;
  const looked = useMemo(() => messageState(state, carried, message), [state, carried, message]);
  useEffect(() => looked.leave, [looked]);
  return (
    <>
      <Facts message={message} />
      <InjectedHeader state={state} looked={looked} />
      <div class="wire-panes">
        <HexView looked={looked} />
        <PartsView state={state} looked={looked} />
      </div>
      <Told state={state} looked={looked} />
    </>
  );
}

/** How it came. */
function Facts({ message }: { readonly message: OpenMessage }) {
  const words = wireText();
  const { transport, port, layout, sender, request, size, compressed, rebuilt } = message;
  return (
    <div class="wire-facts">
      <ul>
        <li>{words.came[transport](port)}</li>
        {request !== '' && (
          <li>
            <code>{request}</code>
          </li>
        )}
        <li>{words.layouts[layout]}</li>
        <li>{formatBytes(size)}</li>
        <li>{words.from(sender)}</li>
      </ul>
      {compressed && (
        <p class="muted">{words.compressed(compressed.by, formatBytes(compressed.bytes))}</p>
      )}
      {rebuilt > 0 && <p class="muted">{words.rebuilt(rebuilt)}</p>}
    </div>
  );
}

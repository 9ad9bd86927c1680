import { formatInstant } from '../../format/time.ts';
import { text } from '../../i18n/text.ts';
import { formatBytes } from './format-bytes.ts';
import { wireText } from './i18n/wire-text.ts';
import type { ListedMessage, MessageList } from './wire-client.ts';

const TRANSPORTS = { udp: 'UDP', http: 'HTTP', grpc: 'gRPC', tchannel: 'TChannel' } as const;

/** The messages of the trace in the order of their arrival, and what of the trace is in none of them. */
export function MessageChoice(props: {
  readonly list: MessageList;
  readonly chosen: ListedMessage;
  /** The span that is open is in none of them. */
  readonly isOpenedMissing: boolean;
  /** How many spans of the trace are in none. */
  readonly missing: number;
  readonly onChoose: (message: ListedMessage) => void;
}) {
  const { list, chosen, isOpenedMissing, missing, onChoose } = props;
  const words = wireText();
  const { messages, sources, more } = list;
  return (
    <nav class="wire-messages" aria-label={words.messages}>
      <h2>{words.count(messages.length + more)}</h2>
      <ul>
        {messages.map((message) => (
          <li key={`${message.source}/${message.number}`}>
            <button
              type="button"
              aria-current={message === chosen ? 'true' : undefined}
              onClick={() => onChoose(message)}
            >
              <span class="wire-door">
                <strong>
                  {TRANSPORTS[message.transport]} {message.port}
                </strong>
                <span>{formatBytes(message.size)}</span>
              </span>
              <span class="wire-layout">{words.layouts[message.layout]}</span>
              <span class="muted">{formatInstant(message.arrived * 1e3).slice(11)}</span>
              <span class="muted">{words.spansIn(message.spanIds.length, message.spanCount)}</span>
              {sources.length > 1 && (
                <span class="muted">{words.keptBy(sources[message.source]?.name ?? '')}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="muted">{words.more(text().number(more))}</p>}
      {isOpenedMissing && <p class="wire-note">{words.openedMissing}</p>}
      {missing > 0 && !isOpenedMissing && <p class="wire-note">{words.missing(missing)}</p>}
      {sources.map(
        ({ name, error }) =>
          error !== undefined && (
            <p key={name} class="wire-note">
              {words.none.away(error)} ({name})
            </p>
          ),
      )}
    </nav>
  );
}

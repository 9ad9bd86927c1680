import { formatInstant } from '../../format/time.ts';
import { text } from '../../i18n/text.ts';
import { Message } from '../../shell/message.tsx';
import type { TraceModel } from '../trace-model.ts';
import { formatBytes } from './format-bytes.ts';
import { wireText } from './i18n/wire-text.ts';
import type { Source } from './wire-client.ts';

const AGENT = 'npm run agent -- --wire.memory-bytes=4194304';
const QUERY = 'npm run query -- --query.wire-sources=127.0.0.1:14271,127.0.0.1:14269';

/** Why there are no bytes to show, by each that may keep some. */
export function NoMessages(props: {
  readonly model: TraceModel;
  readonly sources: readonly Source[];
  readonly onAgain: () => void;
}) {
  const { model, sources, onAgain } = props;
  const words = wireText().none;
  return (
    <Message title={sources.length === 0 ? words.nobodyTitle : words.title}>
      {sources.length === 0 && (
        <>
          <p>{words.nobody}</p>
          <p>
            <code class="command">{AGENT}</code>
          </p>
          <p>
            <code class="command">{QUERY}</code>
          </p>
        </>
      )}
      <ul class="wire-reasons">
        {sources.map((source) => (
          <li key={source.name}>
            <strong>{source.name}</strong> {reasonOf(source, model, words)}
          </li>
        ))}
      </ul>
      {sources.length > 0 && (
        <p>
          <button type="button" class="button" onClick={onAgain}>
            {text().tryAgain}
          </button>
        </p>
      )}
    </Message>
  );
}

function reasonOf(
  { error, state }: Source,
  model: TraceModel,
  words: ReturnType<typeof wireText>['none'],
): string {
  if (state === undefined) return words.away(error ?? '');
  if (state.maxBytes === 0) return words.off;
  const since = formatInstant(state.completeSince * 1e3);
  const isOld = (model.startTime + model.duration) / 1e3 < state.completeSince;
  if (isOld && state.forgotten > 0) return words.forgotten(since, formatBytes(state.maxBytes));
  return isOld ? words.before(since) : words.elsewhere;
}

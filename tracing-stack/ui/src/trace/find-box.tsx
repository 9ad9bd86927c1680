import { useRef } from 'preact/hooks';
import { traceText } from '../i18n/text.ts';
import { Chevron } from '../shell/action-icons.tsx';

/** After the last key so long, in milliseconds, the trace is searched. */
const PAUSE = 150;

/** Looks for spans in the trace; Enter goes to the next one, Shift+Enter to the one before. */
export function FindBox(props: {
  readonly text: string;
  readonly matches: readonly number[];
  /** Where the cursor is. */
  readonly row: number;
  readonly onFind: (wanted: string) => void;
  /** To the next match, or the one before. */
  readonly onGo: (step: 1 | -1) => void;
}) {
  const { matches, row } = props;
  const { trace } = traceText();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const findLater = (wanted: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => props.onFind(wanted.trim()), PAUSE);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to all browsers in use
    <div class="find" role="search">
      <input
        type="search"
        data-key="/"
        aria-label={trace.find}
        placeholder={trace.find}
        defaultValue={props.text}
        spellcheck={false}
        onInput={(event) => findLater(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') props.onGo(event.shiftKey ? -1 : 1);
        }}
      />
      {props.text !== '' && (
        <>
          <span role="status">{trace.matches(matches.indexOf(row) + 1, matches.length)}</span>
          <button
            type="button"
            class="icon-button up"
            aria-label={trace.previous}
            title={trace.previous}
            disabled={matches.length === 0}
            onClick={() => props.onGo(-1)}
          >
            <Chevron />
          </button>
          <button
            type="button"
            class="icon-button down"
            aria-label={trace.next}
            title={trace.next}
            disabled={matches.length === 0}
            onClick={() => props.onGo(1)}
          >
            <Chevron />
          </button>
        </>
      )}
    </div>
  );
}

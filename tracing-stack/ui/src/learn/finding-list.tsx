import './finding-list.css';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { ShownFinding } from './shown.ts';

/** What was found, the first thing to mend first. A click leads to the span in the picture. */
export function FindingList(props: {
  readonly texts: LearnCatalogue;
  readonly findings: readonly ShownFinding[];
  /** Of the first finding, in rising order. */
  readonly hints: readonly string[];
  readonly onFocus: (row: number) => void;
}) {
  const { texts, findings, hints, onFocus } = props;
  return (
    <ul class="findings" aria-label={texts.findings}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.expected}`} class={finding.tone}>
          <Title texts={texts} finding={finding} onFocus={onFocus} />
          <p>
            <Words text={finding.words.why} />
          </p>
          {finding.tone === 'main' && <Hints texts={texts} hints={hints} />}
        </li>
      ))}
    </ul>
  );
}

/** In rising order. */
export function Hints(props: {
  readonly texts: LearnCatalogue;
  readonly hints: readonly string[];
}) {
  const { texts, hints } = props;
  if (hints.length === 0) return null;
  return (
    <ol class="hints" aria-label={texts.hints}>
      {hints.map((hint) => (
        <li key={hint}>
          <span>
            <Words text={hint} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Title(props: {
  readonly texts: LearnCatalogue;
  readonly finding: ShownFinding;
  readonly onFocus: (row: number) => void;
}) {
  const { texts, finding, onFocus } = props;
  const { row, tone, words } = finding;
  const title = (
    <span>
      {tone !== 'main' && (
        <span class="muted">{tone === 'also' ? texts.also : texts.warning} · </span>
      )}
      <Words text={words.title} />
    </span>
  );
  return (
    <h2>
      {row === undefined ? (
        title
      ) : (
        <button type="button" title={texts.showSpan} onClick={() => onFocus(row)}>
          {title}
        </button>
      )}
      <code class="rule-id">{finding.rule}</code>
    </h2>
  );
}

/** Names and code stand between backticks. */
function Words({ text }: { readonly text: string }) {
  return (
    <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>
  );
}

import './passed-code.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type AlignedLine, alignedLines } from './aligned-lines.ts';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { LessonCode, LessonsClient } from './lessons-client.ts';

/** What a learner wrote who has passed a lesson, beside the finished program, or the one with OpenTelemetry. */
export function PassedCode(props: {
  readonly texts: LearnCatalogue;
  readonly lessons: LessonsClient;
  readonly number: number;
  /** When it was judged last: after that the code may be another. */
  readonly at: number | undefined;
}) {
  const { texts, lessons, number, at } = props;
  const read = useSignal<LessonCode | Error | undefined>(undefined);
  useEffect(() => {
    const reading = new AbortController();
    const show = (what: LessonCode | Error | undefined) => {
      if (!reading.signal.aborted) read.value = what;
    };
    lessons.code(number, reading.signal).then(show, show);
    return () => reading.abort();
  }, [lessons, number, at, read]);
  const code = read.value;
  if (code === undefined) return null;
  if (!(code instanceof Error) && code.files.length === 0) return null;
  return (
    <section class="passed-code" aria-labelledby="passed-code">
      <h2 id="passed-code">{texts.code}</h2>
      {code instanceof Error ? (
        <p class="muted">{code.message}</p>
      ) : (
        code.files.map((file, i) => (
          <CodeFile
            key={file.name}
            texts={texts}
            file={file}
            today={code.today.find(({ name }) => name === file.name)?.text}
            isOpen={i === 0}
          />
        ))
      )}
    </section>
  );
}

function CodeFile(props: {
  readonly texts: LearnCatalogue;
  readonly file: LessonCode['files'][number];
  readonly today: string | undefined;
  readonly isOpen: boolean;
}) {
  const { texts, file, today } = props;
  const isToday = useSignal(false);
  const [yours, finished] = alignedLines(file.yours, file.finished);
  const isSame = file.yours === file.finished;
  return (
    <details open={props.isOpen}>
      <summary>
        <code>{file.name}</code> {isSame && <span class="muted">{texts.sameCode}</span>}
      </summary>
      <div class="code-pair">
        <figure>
          <figcaption>{texts.yours}</figcaption>
          <Code side="yours" code={isToday.value ? file.yours : yours} />
        </figure>
        <figure>
          <figcaption>
            <Choice
              label={texts.finished}
              isChosen={!isToday.value}
              onChoose={() => {
                isToday.value = false;
              }}
            />
            {today !== undefined && (
              <Choice
                label={texts.today}
                isChosen={isToday.value}
                onChoose={() => {
                  isToday.value = true;
                }}
              />
            )}
          </figcaption>
          <Code side="finished" code={isToday.value ? (today ?? '') : finished} />
        </figure>
      </div>
    </details>
  );
}

function Choice(props: {
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button type="button" aria-pressed={props.isChosen} onClick={props.onChoose}>
      {props.label}
    </button>
  );
}

function Code(props: {
  readonly side: 'yours' | 'finished';
  /** A text as it is, or lines that are compared with the other side's. */
  readonly code: string | readonly AlignedLine[];
}) {
  const { side, code } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reached by keys, too
    <pre tabIndex={0} class={side}>
      {typeof code === 'string'
        ? code
        : code.map(({ text, isSame }, i) =>
            text === undefined ? (
              <span key={i} class="gap" aria-hidden="true" />
            ) : (
              <span key={i} class={isSame ? '' : 'changed'}>{`${text}\n`}</span>
            ),
          )}
    </pre>
  );
}

import './lesson-page.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { Later } from '../shell/later.tsx';
import { hrefOf } from '../shell/location.ts';
import { FindingList } from './finding-list.tsx';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import { type LessonSession, lessonSession } from './lesson-session.ts';
import type { LessonsClient, LessonText } from './lessons-client.ts';
import { OverlayView, overlayRowId, TraceLinks } from './overlay-view.tsx';
import { QuestionList } from './question-list.tsx';
import { StepList } from './step-list.tsx';
import { VerdictLine } from './verdict-line.tsx';

/** Where the learner's own part of the page begins. */
const WORK = 'your-trace';

/** Without a reload, whatever else stands in the address. */
function toWork(event: Event): void {
  event.preventDefault();
  document.getElementById(WORK)?.scrollIntoView();
}

const loadPassedCode = async () => (await import('./passed-code.tsx')).PassedCode;

/** One lesson: its text, and beside it the learner's trace with what the judge says of it. */
export function LessonPage(props: {
  readonly texts: LearnCatalogue;
  readonly client: QueryClient;
  readonly lessons: LessonsClient;
  readonly lesson: LessonText;
}) {
  const { texts, client, lessons, lesson } = props;
  const session = useMemo(() => lessonSession(client, lessons, lesson), [client, lessons, lesson]);
  useEffect(() => () => session.close(), [session]);
  return (
    <div class="lesson-page">
      <article class="lesson-text" aria-label={texts.text}>
        <p class="all-lessons">
          <a href={hrefOf('learn')}>{texts.allLessons}</a>
          <a class="to-work" href={`${hrefOf(`learn/${lesson.number}`)}#${WORK}`} onClick={toWork}>
            {texts.toWork}
          </a>
        </p>
        {lesson.html === '' ? <h1>{lesson.title}</h1> : <LessonHtml html={lesson.html} />}
      </article>
      <section class="lesson-work" id={WORK} aria-label={texts.work}>
        <Work texts={texts} lessons={lessons} session={session} lesson={lesson} />
      </section>
      {isPassed(session) && (
        <Later
          load={loadPassedCode}
          with={{ texts, lessons, number: lesson.number, at: session.verdict.value?.at }}
        />
      )}
    </div>
  );
}

/** The server rendered it and let no foreign HTML through; the Content-Security-Policy allows no script in it either. */
function LessonHtml({ html }: { readonly html: string }) {
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What scrolls by itself must be reached by keys, too.
    for (const code of text.current?.querySelectorAll<HTMLElement>('pre, .table') ?? [])
      code.tabIndex = 0;
    // Who came by a link to a heading of another lesson: it was not there yet when the page was.
    document.getElementById(decodedHash(location.hash.slice(1)))?.scrollIntoView();
  }, [html]);
  return <div class="prose" ref={text} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** As it stands if it is no encoded text: an address is typed by people, too. */
function decodedHash(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

const isPassed = ({ steps: { value: steps } }: LessonSession) =>
  steps.length > 0 && steps.every(({ passed }) => passed);

function Work(props: {
  readonly texts: LearnCatalogue;
  readonly lessons: LessonsClient;
  readonly session: LessonSession;
  readonly lesson: LessonText;
}) {
  const { texts, lessons, session, lesson } = props;
  // Lesson 0 has nothing to be written, and so no trace to be compared: it asks questions.
  const hasPicture = lesson.expected.spans.length > 0;
  const focused = useSignal<number | undefined>(undefined);
  const { overlay, is, ...shown } = session.shown.value;
  // What is said of a question stands beside it.
  const findings = shown.findings.filter(({ params }) => params?.['question'] === undefined);
  const verdict = session.verdict.value;
  const isRunning = session.isRunning.value;
  const focusRow = (row: number) => {
    focused.value = row;
    const line = document.getElementById(overlayRowId(row));
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: 'center' });
  };
  return (
    <>
      <div class="work-head">
        <StepList texts={texts} steps={session.steps.value} />
        <div class="work-actions">
          <button
            type="button"
            class="button primary"
            title={texts.checkHint}
            disabled={isRunning}
            onClick={session.check}
          >
            {texts.check}
          </button>
          <button
            type="button"
            class="button"
            disabled={isRunning || !verdict?.moreHints}
            onClick={session.hint}
          >
            {texts.hint}
          </button>
        </div>
      </div>
      <VerdictLine texts={texts} session={session} hasPicture={hasPicture} />
      {isPassed(session) && lesson.next !== undefined && (
        <p class="next-lesson">
          <a href={hrefOf(`learn/${lesson.next}`)}>{texts.nextLesson}</a>
        </p>
      )}
      {findings.length > 0 && (
        <FindingList
          texts={texts}
          findings={findings}
          hints={is === 'verdict' ? (verdict?.hints ?? []) : []}
          onFocus={focusRow}
        />
      )}
      {!hasPicture && <QuestionList texts={texts} lessons={lessons} session={session} />}
      {hasPicture && (
        <OverlayView
          texts={texts}
          overlay={overlay}
          focused={focused.value}
          pointedAt={new Set(findings.flatMap(({ row }) => row ?? []))}
        />
      )}
      {/* Where programs do not sleep, nothing is shorter. */}
      {hasPicture && is === 'verdict' && lesson.html.includes('sleep(') && (
        <p class="pace">{texts.judgedPace(Math.round(1 / lesson.timeScale))}</p>
      )}
      {hasPicture && <TraceLinks texts={texts} traceIds={overlay.traceIds} />}
    </>
  );
}

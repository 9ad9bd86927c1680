import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { language } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { base, hrefOf } from '../shell/location.ts';
import { Message } from '../shell/message.tsx';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import { loadLearnTexts } from './i18n/learn-text.ts';
import { LessonList } from './lesson-list.tsx';
import { LessonPage } from './lesson-page.tsx';
import {
  type LessonGlance,
  type LessonsClient,
  type LessonText,
  lessonsClient,
  NoLessonsError,
} from './lessons-client.ts';

interface Read {
  readonly texts: LearnCatalogue;
  readonly lessons: LessonsClient;
  readonly data:
    | { readonly is: 'list'; readonly all: readonly LessonGlance[] }
    | { readonly is: 'lesson'; readonly lesson: LessonText }
    | { readonly is: 'missing' | 'not-served' };
}

/** The list of lessons, or one of them, in the language that is shown. */
export function LearnPage(props: {
  readonly client: QueryClient;
  readonly number: number | undefined;
}) {
  const { client, number } = props;
  const shown = language.value;
  const state = useSignal<Read | Error | undefined>(undefined);
  const attempt = useSignal(0);
  const attempts = attempt.value;
  useEffect(() => {
    const reading = new AbortController();
    read(number, reading.signal).then(
      (value) => {
        if (!reading.signal.aborted) state.value = value;
      },
      (error: Error) => {
        if (!reading.signal.aborted) state.value = error;
      },
    );
    return () => reading.abort();
  }, [number, shown, attempts, state]);
  const now = state.value;
  if (now === undefined) return <p class="loading">{text().loading}</p>;
  if (now instanceof Error) return <NotRead error={now} onAgain={() => attempt.value++} />;
  const { texts, data, lessons } = now;
  if (data.is === 'list') return <LessonList texts={texts} lessons={data.all} />;
  if (data.is === 'lesson')
    return <LessonPage texts={texts} client={client} lessons={lessons} lesson={data.lesson} />;
  return (
    <Message title={data.is === 'missing' ? texts.noLessonTitle : texts.notServedTitle}>
      {data.is === 'missing' ? (
        <p>
          <a href={hrefOf('learn')}>{texts.allLessons}</a>
        </p>
      ) : (
        <p>
          {texts.notServed} <code>npm start</code>
        </p>
      )}
    </Message>
  );
}

async function read(number: number | undefined, signal: AbortSignal): Promise<Read> {
  const wanted = language.value;
  const texts = await loadLearnTexts(wanted);
  const lessons = lessonsClient(base, wanted);
  document.title = texts.pageTitle;
  try {
    if (number === undefined)
      return { texts, lessons, data: { is: 'list', all: await lessons.all(signal) } };
    const lesson = await lessons.lesson(number, signal);
    if (lesson) document.title = texts.lessonTitle(lesson.title);
    return { texts, lessons, data: lesson ? { is: 'lesson', lesson } : { is: 'missing' } };
  } catch (error) {
    if (error instanceof NoLessonsError) return { texts, lessons, data: { is: 'not-served' } };
    throw error;
  }
}

function NotRead(props: { readonly error: Error; readonly onAgain: () => void }) {
  const { shell, tryAgain } = text();
  return (
    <Message title={shell.notLoaded} tone="danger">
      <p class="server-says">{props.error.message}</p>
      <p>
        <button type="button" class="button" onClick={props.onAgain}>
          {tryAgain}
        </button>
      </p>
    </Message>
  );
}

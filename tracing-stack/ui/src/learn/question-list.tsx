import './question-list.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Cross, Tick } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import { Hints } from './finding-list.tsx';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { LessonSession } from './lesson-session.ts';
import type { LessonQuestions, LessonsClient } from './lessons-client.ts';

type Question = LessonQuestions['questions'][number];

/**
 * What lesson 0 asks about the learner's trace. Each answer is kept as soon as it is given, and everything judged anew:
 * hints are then those for the first question that is not answered.
 */
export function QuestionList(props: {
  readonly texts: LearnCatalogue;
  readonly lessons: LessonsClient;
  readonly session: LessonSession;
}) {
  const { texts, lessons, session } = props;
  const asked = useSignal<LessonQuestions | Error | undefined>(undefined);
  const verdict = session.verdict.value;
  const at = verdict?.at;
  useEffect(() => {
    let isHere = true;
    const show = (found: LessonQuestions | Error) => {
      if (isHere) asked.value = found;
    };
    // Another terminal may have answered: after each verdict they are read again.
    lessons.questions(0).then(show, show);
    return () => {
      isHere = false;
    };
  }, [lessons, at, asked]);
  const give = async (question: string, answer: string) => {
    try {
      asked.value = await lessons.questions(0, { question, answer });
      await session.check();
    } catch (error) {
      asked.value = error as Error;
    }
  };
  const now = asked.value;
  if (now === undefined) return null;
  if (now instanceof Error)
    return (
      <p class="questions-failed" role="alert">
        {now.message}
      </p>
    );
  const hinted = verdict?.finding?.params?.['question'];
  return (
    <section class="questions" aria-label={texts.questions}>
      <p>
        <a href={hrefOf(`trace/${now.traceId}`)} target="_blank" rel="noopener">
          {texts.openYourTrace}
        </a>{' '}
        <span class="muted">{texts.answerFromIt}</span>
      </p>
      <ol>
        {now.questions.map((question) => (
          <QuestionItem
            key={question.id}
            texts={texts}
            question={question}
            hints={question.id === hinted ? (verdict?.hints ?? []) : []}
            onAnswer={(answer) => give(question.id, answer)}
          />
        ))}
      </ol>
    </section>
  );
}

function QuestionItem(props: {
  readonly texts: LearnCatalogue;
  readonly question: Question;
  readonly hints: readonly string[];
  readonly onAnswer: (answer: string) => void;
}) {
  const { texts, hints, onAnswer } = props;
  const { id, text, answer, is } = props.question;
  return (
    <li class={is}>
      <form onSubmit={(event) => event.preventDefault()}>
        <label for={`question-${id}`}>{text}</label>
        <span class="answer">
          <input
            id={`question-${id}`}
            value={answer}
            maxLength={200}
            autoComplete="off"
            spellcheck={false}
            aria-invalid={is === 'wrong'}
            aria-describedby={`state-${id}`}
            // Comes with Enter, with the button, and when the field is left: once a change.
            onChange={(event) => onAnswer(event.currentTarget.value)}
          />
          <button type="submit" class="button">
            {texts.answer}
          </button>
          <span id={`state-${id}`} class="state" aria-live="polite">
            {is === 'right' && (
              <>
                <Tick /> {texts.answerRight}
              </>
            )}
            {is === 'wrong' && (
              <>
                <Cross /> {texts.answerWrong}
              </>
            )}
          </span>
        </span>
      </form>
      <Hints texts={texts} hints={hints} />
    </li>
  );
}

import './question-list.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Cross, Tick } from '../shell/action-icons.tsx';
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
  const asked = useSignal<LessonQuestions | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const verdict = session.verdict.value;
  const at = verdict?.at;
  useEffect(() => {
    let isHere = true;
    // Another terminal may have answered: after each verdict they are read again.
    lessons.questions(0).then(
      (found) => {
        if (!isHere) return;
        asked.value = found;
        failure.value = undefined;
      },
      (error: Error) => {
        if (isHere) failure.value = error.message;
      },
    );
    return () => {
      isHere = false;
    };
  }, [lessons, at, asked, failure]);
  const give = async (question: string, answer: string): Promise<boolean> => {
    try {
      asked.value = await lessons.questions(0, { question, answer });
      failure.value = undefined;
    } catch (error) {
      failure.value = (error as Error).message;
      return false;
    }
    void session.check();
    return true;
  };
  const now = asked.value;
  const failed = failure.value !== undefined && (
    <p class="questions-failed" role="alert">
      {failure.value}
    </p>
  );
  if (now === undefined) return failed || null;
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
      {failed}
    </section>
  );
}

function QuestionItem(props: {
  readonly texts: LearnCatalogue;
  readonly question: Question;
  readonly hints: readonly string[];
  /** Whether it was kept. */
  readonly onAnswer: (answer: string) => Promise<boolean>;
}) {
  const { texts, hints, onAnswer } = props;
  const { id, text, answer, is } = props.question;
  const field = useAnswer(answer, onAnswer);
  return (
    <li class={is}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          field.send();
        }}
      >
        <label for={`question-${id}`}>{text}</label>
        <span class="answer">
          <input
            id={`question-${id}`}
            value={field.value}
            maxLength={200}
            autoComplete="off"
            spellcheck={false}
            aria-invalid={is === 'wrong'}
            aria-describedby={`state-${id}`}
            onInput={(event) => field.type(event.currentTarget.value)}
            // When the field is left; Enter and the button submit.
            onChange={field.send}
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

/**
 * What stands in a field: what is being typed, whatever comes from the server meanwhile, until it is kept. What could
 * not be kept stays, to be sent again.
 */
function useAnswer(kept: string, keep: (answer: string) => Promise<boolean>) {
  const draft = useSignal<string | undefined>(undefined);
  const underWay = useSignal<string | undefined>(undefined);
  return {
    value: draft.value ?? kept,
    type(text: string) {
      draft.value = text === kept ? undefined : text;
    },
    /** Enter is a change and a submit: an answer that is under way is not sent twice. */
    async send() {
      const text = draft.value;
      if (text === undefined || text === underWay.value) return;
      underWay.value = text;
      const isKept = await keep(text);
      if (underWay.value === text) underWay.value = undefined;
      if (isKept && draft.value === text) draft.value = undefined;
    },
  };
}

import './lesson-list.css';
import { hrefOf } from '../shell/location.ts';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { LessonGlance } from './lessons-client.ts';
import { StepMark } from './step-list.tsx';

/** All lessons, and how far the learner is. */
export function LessonList(props: {
  readonly texts: LearnCatalogue;
  readonly lessons: readonly LessonGlance[];
}) {
  const { texts, lessons } = props;
  return (
    <div class="lesson-list">
      <h1>{texts.title}</h1>
      <p class="muted">{texts.lead}</p>
      <ol>
        {lessons.map((lesson) => (
          <LessonCard key={lesson.number} texts={texts} lesson={lesson} />
        ))}
      </ol>
    </div>
  );
}

function LessonCard(props: { readonly texts: LearnCatalogue; readonly lesson: LessonGlance }) {
  const { texts, lesson } = props;
  const done = lesson.steps.filter(({ passed }) => passed).length;
  const isPassed = lesson.passedAt !== undefined;
  return (
    <li class={isPassed ? 'passed' : ''}>
      <span class="lesson-number">{lesson.number}</span>
      <div>
        <h2>
          <a href={hrefOf(`learn/${lesson.number}`)}>{lesson.title}</a>
        </h2>
        <p class="muted">{texts.minutes(lesson.minutes)}</p>
      </div>
      {/* The words beside it say the same. */}
      <span class="step-marks" aria-hidden="true">
        {lesson.steps.map(({ id, passed }) => (
          <StepMark key={id} is={passed ? 'passed' : 'open'} />
        ))}
      </span>
      <span class="lesson-progress">
        {isPassed
          ? texts.passed
          : lesson.steps.length > 0 && texts.progress(done, lesson.steps.length)}
      </span>
    </li>
  );
}

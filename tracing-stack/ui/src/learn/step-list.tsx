import './step-list.css';
import { Cross, Tick } from '../shell/action-icons.tsx';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { StepState } from './lesson-session.ts';

export function StepMark({ is }: { readonly is: 'passed' | 'fails' | 'open' }) {
  return (
    <i class={`step-mark ${is}`}>
      {is === 'passed' && <Tick />}
      {is === 'fails' && <Cross />}
    </i>
  );
}

/** The steps of a lesson, each with what became of it. */
export function StepList(props: {
  readonly texts: LearnCatalogue;
  readonly steps: readonly StepState[];
}) {
  const { texts, steps } = props;
  const words = { passed: texts.stepPassed, fails: texts.stepFails, open: texts.stepOpen };
  return (
    <ol class="steps" aria-label={texts.steps}>
      {steps.map(({ id, title, passed, fails }) => {
        const is = fails ? 'fails' : passed ? 'passed' : 'open';
        return (
          <li key={id} class={is}>
            <StepMark is={is} />
            <span>
              <b>{id}</b> {title}
              <span class="visually-hidden"> ({words[is]})</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

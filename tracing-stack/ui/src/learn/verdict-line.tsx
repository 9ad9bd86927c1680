import './verdict-line.css';
import { formatClock } from '../format/time.ts';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import type { LessonSession } from './lesson-session.ts';

/** In one line, how the learner stands. Told aloud when it changes. */
export function VerdictLine(props: {
  readonly texts: LearnCatalogue;
  readonly session: LessonSession;
  readonly hasPicture: boolean;
}) {
  const { texts, session } = props;
  const { tone, text, note } = lineOf(texts, session, props.hasPicture);
  return (
    <p class={`verdict ${tone}`} role="status">
      <i class="lamp" />
      <span>
        <b>{text}</b> {note && <span class="muted">{note}</span>}{' '}
        {session.isNewerShown.value && (
          <span class="muted">
            {texts.shapeNewer}{' '}
            <button type="button" class="link" onClick={session.showVerdict}>
              {texts.showVerdict}
            </button>
          </span>
        )}
      </span>
    </p>
  );
}

interface Line {
  readonly tone: 'busy' | 'right' | 'wrong' | 'open';
  readonly text: string;
  readonly note?: string;
}

function lineOf(texts: LearnCatalogue, session: LessonSession, hasPicture: boolean): Line {
  const failure = session.failure.value;
  if (failure !== undefined) return { tone: 'wrong', text: failure };
  if (session.isRunning.value) return { tone: 'busy', text: texts.checking };
  if (!session.isConnected.value) return { tone: 'wrong', text: texts.disconnected };
  const { is, findings, upTo } = session.shown.value;
  const last = session.steps.value.at(-1)?.id;
  if (is === 'arriving') return { tone: 'busy', text: texts.arriving };
  if (is === 'nothing') return { tone: 'open', text: hasPicture ? texts.waiting : texts.notJudged };
  if (is === 'shape') {
    const isRight = findings.length === 0;
    const rightShape =
      upTo === undefined || upTo === last ? texts.shapeRight : texts.shapeRightUpTo(upTo);
    return {
      tone: isRight ? 'right' : 'wrong',
      text: isRight ? rightShape : texts.shapeWrong,
      note: texts.shapeNote,
    };
  }
  const { passed = false, at = 0, step = '' } = session.verdict.value ?? {};
  // A terminal may have asked for the first steps alone.
  const isWhole = step === last;
  const right = isWhole ? texts.verdictPassed : texts.verdictStepPassed(step);
  return {
    tone: passed ? 'right' : 'wrong',
    text: passed ? right : texts.verdictFailed,
    note: texts.judged(formatClock(at * 1000, new Date())),
  };
}

import type { Language, Say } from '../i18n/messages.ts';
import { type Lesson, lessonTitle, stepTitle } from '../lesson-manifest.ts';
import { clip, column, columns, type Paint } from '../terminal-text.ts';
import { lessonProgress, type Progress } from './progress-file.ts';

export interface TableLook {
  readonly language: Language;
  readonly say: Say;
  readonly paint: Paint;
  readonly width: number;
}

const MIN_TITLE = 20;

/** How far a learner came, a line for each lesson and each of its steps. */
export function progressTable(
  lessons: readonly Lesson[],
  progress: Progress,
  { language, say, paint, width }: TableLook,
): string[] {
  const heads = [say('progress.attempts'), say('progress.hints'), say('progress.passed')] as const;
  const dateWidth = Math.max(11, columns(heads[2]));
  const [attemptsWidth, hintsWidth] = [columns(heads[0]), columns(heads[1])];
  const rest = attemptsWidth + hintsWidth + dateWidth + 6;
  const widest = Math.max(
    ...lessons.flatMap((lesson) =>
      (lesson.exercise?.steps ?? []).map((step) => columns(stepTitle(step, language)) + 10),
    ),
    MIN_TITLE,
  );
  const titleWidth = Math.max(MIN_TITLE, Math.min(widest, width - rest - 4));
  const row = (title: string, attempts: string, hints: string, passed: string) =>
    `  ${title}  ${attempts.padStart(attemptsWidth)}  ${hints.padStart(hintsWidth)}  ${passed}`.trimEnd();
  const head = `  ${' '.repeat(titleWidth)}  ${heads.join('  ')}`;
  const lines = [paint('dim', head)];
  for (const lesson of lessons) {
    if (!lesson.exercise) continue;
    const known = lessonProgress(progress, lesson.number);
    const { steps } = lesson.exercise;
    const done = steps.filter(({ id }) => known.steps[id]?.passedAt !== undefined).length;
    const title = say('lesson.title', {
      number: lesson.number,
      title: lessonTitle(lesson, language),
    });
    const count = `${done}/${steps.length}`;
    const name = column(title, titleWidth - count.length - 1);
    lines.push(
      '',
      `  ${paint('bold', name)} ${paint(done === steps.length ? 'green' : 'dim', count)}`,
    );
    for (const step of steps) {
      const at = known.steps[step.id];
      const passed = at?.passedAt !== undefined;
      const mark = passed ? paint('green', '✓') : paint('dim', '○');
      const text = column(
        `${step.id}  ${clip(stepTitle(step, language), titleWidth - 7)}`,
        titleWidth - 2,
      );
      lines.push(
        row(
          `${mark} ${passed ? text : paint('dim', text)}`,
          at?.attempts ? String(at.attempts) : '',
          at?.hintsUsed ? String(at.hintsUsed) : '',
          at?.passedAt === undefined ? '' : dateText(at.passedAt),
        ),
      );
    }
  }
  return lines;
}

/** `11-22 23:05`, in local time. */
function dateText(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

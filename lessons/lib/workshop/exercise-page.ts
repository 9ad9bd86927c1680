import type { ObservedTrace } from '@spoor/analysis';
import type { Language, Say } from '../i18n/messages.ts';
import type { Finding, Verdict } from '../judge/verdict.ts';
import { type ExerciseStep, type Lesson, lessonTitle, stepTitle } from '../lesson-manifest.ts';
import { clip, columns, type Paint, wrapText } from '../terminal-text.ts';
import { compactTraces } from './compact-traces.ts';
import { HINTS_PER_RULE } from './hints.ts';
import { lessonProgress, type Progress } from './progress-file.ts';

/** What a terminal shows of an exercise under way. */
export interface ExerciseView {
  readonly lesson: Lesson;
  readonly language: Language;
  readonly say: Say;
  readonly progress: Progress;
  /** The step that the learner is at. */
  readonly step: string;
  /** Of the learner's files, as a person writes it: `work/03-http/`. */
  readonly folder: string;
  readonly judging: boolean;
  readonly verdict?: Verdict | undefined;
  /** Of the verdict. */
  readonly traces: readonly ObservedTrace[];
  /** Why there is no verdict. */
  readonly failure?: string | undefined;
  words(finding: Finding): { title: string; why: string; hints: readonly string[] };
  readonly hintsShown: number;
  /** The page of the first trace. */
  readonly link?: string | undefined;
  /** The newest first; small things that happened. */
  readonly notes: readonly string[];
  /** The file that does the same with OpenTelemetry; told when the lesson is passed. */
  readonly today?: string | undefined;
  /** The number of the lesson that follows. */
  readonly next?: number | undefined;
}

export interface PageOptions {
  readonly paint: Paint;
  readonly width: number;
  readonly rows: number;
  /** Without a keyboard there are no keys to be told, and nothing is under way. */
  readonly plain?: boolean;
}

const MARGIN = '  ';
const INDENT = '    ';
const MAX_TEXT_WIDTH = 96;
/** With less room than that the words go first. */
const MIN_TRACE_ROWS = 3;

/** The page of an exercise: where the learner is, what the judge says, their trace, and which keys there are. */
export function exercisePage(view: ExerciseView, options: PageOptions): string[] {
  const head = heading(view, options);
  const said = [...verdictLines(view, options), ...noteLines(view, options)];
  const foot = options.plain ? [] : ['', statusLine(view, options), ...keyLines(view, options)];
  const links = linkLines(view, options);
  // Beside the picture: a blank line above and below it, the services.
  const left = options.rows - head.length - said.length - foot.length - links.length - 3;
  const picture =
    left < MIN_TRACE_ROWS
      ? []
      : compactTraces(view.traces, {
          paint: options.paint,
          say: view.say,
          width: options.width,
          rows: left,
          spanId: view.verdict?.finding?.span?.spanId,
        });
  return [
    ...head,
    ...(picture.length > 0
      ? ['', ...picture.map((line) => (line === '' ? '' : MARGIN + line))]
      : []),
    ...links,
    ...(said.length > 0 ? ['', ...said] : []),
    ...foot,
  ];
}

/** Where the trace is, and why its times are not those that the lesson speaks of. */
function linkLines({ link, traces, lesson, say }: ExerciseView, { paint }: PageOptions): string[] {
  if (!link || traces.length === 0) return [];
  const told = lesson.sleeps ? [link, say('check.pace')] : [link];
  return told.map((line) => paint('dim', INDENT + line));
}

function heading(view: ExerciseView, { paint, width }: PageOptions): string[] {
  const { lesson, say, language } = view;
  const title = say('lesson.title', {
    number: lesson.number,
    title: lessonTitle(lesson, language),
  });
  const gap = width - columns(title) - columns(view.folder) - 2 * MARGIN.length;
  const folder = gap > 1 ? ' '.repeat(gap) + paint('dim', view.folder) : '';
  return [
    MARGIN + paint('bold', clip(title, width - 2)) + folder,
    MARGIN + stepsLine(view, paint, width - 2 * MARGIN.length),
    paint('dim', MARGIN + '─'.repeat(Math.max(0, width - 2 * MARGIN.length))),
  ];
}

/** `✓ 3.1  ● 3.2 Inject it into the headers  ○ 3.3`: only the one at hand has its title, for which there is room. */
function stepsLine(view: ExerciseView, paint: Paint, width: number): string {
  const steps = view.lesson.exercise?.steps ?? [];
  const known = lessonProgress(view.progress, view.lesson.number).steps;
  const marks = steps.map((step) => {
    const passed = known[step.id]?.passedAt !== undefined;
    return { step, passed, here: step.id === view.step };
  });
  const used = marks.reduce((sum, { step }) => sum + columns(step.id) + 4, 0);
  return marks
    .map(({ step, passed, here }) => {
      const mark = passed ? paint('green', '✓') : here ? paint('yellow', '●') : paint('dim', '○');
      if (!here) return `${mark} ${paint('dim', step.id)}`;
      return `${mark} ${paint('bold', `${step.id} ${clip(stepTitle(step, view.language), width - used)}`)}`;
    })
    .join('  ');
}

function verdictLines(view: ExerciseView, options: PageOptions): string[] {
  const { verdict, say } = view;
  const { paint } = options;
  if (view.failure !== undefined) return marked(paint('red', '✗'), view.failure, options);
  if (!verdict) return [];
  const { finding } = verdict;
  const lines = finding
    ? findingLines(view, finding, options)
    : passedLines(view, verdict, options);
  if (verdict.also) {
    const { title, why } = view.words(verdict.also);
    const also = say('exercise.also', { title });
    lines.push('', ...headline(paint('yellow', '+'), also, verdict.also, options));
    lines.push(...indented(why, options));
  }
  for (const warning of verdict.warnings) {
    const { title, why } = view.words(warning);
    lines.push('', ...headline(paint('yellow', '!'), title, warning, options));
    lines.push(...indented(why, options));
  }
  return lines;
}

/** What is wrong, in a line; the line of thought that mends it; the hints so far. */
function findingLines(view: ExerciseView, finding: Finding, options: PageOptions): string[] {
  const { paint } = options;
  const { title, why, hints } = view.words(finding);
  const lines = [
    ...headline(paint('red', '✗'), title, finding, options, 'bold'),
    ...indented(why, options),
  ];
  for (const [at, hint] of hints.slice(0, view.hintsShown).entries()) {
    const label = view.say('exercise.hint', { number: at + 1, count: HINTS_PER_RULE });
    lines.push('', paint('cyan', INDENT + label), ...indented(hint, options));
  }
  // Nobody is to be shown the end who wanted a hint.
  if (view.hintsShown >= HINTS_PER_RULE && !options.plain)
    lines.push('', ...indented(view.say('exercise.noMoreHints'), options));
  return lines;
}

function passedLines(view: ExerciseView, verdict: Verdict, options: PageOptions): string[] {
  const { say, lesson } = view;
  const tick = options.paint('green', '✓');
  const steps = lesson.exercise?.steps ?? [];
  const known = lessonProgress(view.progress, lesson.number).steps;
  const open = steps.find(({ id }) => known[id]?.passedAt === undefined);
  if (!open) {
    const told = [
      options.plain ? undefined : say('exercise.compare'),
      view.today && say('exercise.today', { file: view.today }),
      view.next === undefined
        ? undefined
        : say(options.plain ? 'exercise.nextCommand' : 'exercise.nextLesson', {
            number: view.next,
          }),
    ];
    return [
      ...marked(tick, say('exercise.lessonPassed', { count: steps.length }), options, 'bold'),
      ...told.flatMap((text) => (text ? indented(text, options) : [])),
    ];
  }
  const passed = stepOf(steps, verdict.step);
  const title = passed ? stepTitle(passed, view.language) : '';
  return [
    ...marked(tick, say('exercise.stepPassed', { step: verdict.step, title }), options, 'bold'),
    ...indented(
      say(options.plain ? 'exercise.stepAgain' : 'exercise.stepNext', {
        step: open.id,
        title: stepTitle(open, view.language),
      }),
      options,
    ),
  ];
}

function stepOf(steps: readonly ExerciseStep[], id: string): ExerciseStep | undefined {
  return steps.find((step) => step.id === id);
}

function noteLines({ notes }: ExerciseView, options: PageOptions): string[] {
  return notes.flatMap((note) => ['', ...marked(options.paint('cyan', '·'), note, options)]);
}

function statusLine(
  { say, verdict, judging, failure }: ExerciseView,
  { paint }: PageOptions,
): string {
  if (judging) return `${MARGIN}${paint('yellow', '●')} ${say('exercise.judging')}`;
  if (!verdict || failure !== undefined) return paint('dim', MARGIN + say('exercise.waiting'));
  const { at, took } = verdict;
  const time = new Date(at).toTimeString().slice(0, 8);
  return paint('dim', MARGIN + say('exercise.judged', { time, seconds: (took / 1000).toFixed(1) }));
}

const KEYS = ['n', 'h', 'c', 'r', 'o', 'd', 'l', 'L', 'x', 'q'] as const;
export type ExerciseKey = (typeof KEYS)[number];

/** All keys in a line, or in as many as they need. */
export function keyLines(
  { say }: Pick<ExerciseView, 'say'>,
  { paint, width }: PageOptions,
): string[] {
  const lines: { text: string; width: number }[] = [];
  for (const key of KEYS) {
    const label = say(`key.${key}`);
    const cell = columns(key) + 1 + columns(label);
    const text = `${paint('bold', key)} ${paint('dim', label)}`;
    const last = lines.at(-1);
    if (last && last.width + 2 + cell <= width - 2 * MARGIN.length) {
      last.text += `  ${text}`;
      last.width += 2 + cell;
    } else lines.push({ text, width: cell });
  }
  return lines.map(({ text }) => MARGIN + text);
}

/** A finding's title, and at its end the rule that is broken, by which the lesson's README lists what goes wrong. */
function headline(
  mark: string,
  title: string,
  { rule }: Finding,
  options: PageOptions,
  colour?: 'bold',
): string[] {
  const lines = marked(mark, title, options, colour);
  const last = wrapText(title, textWidth(options)).at(-1) ?? '';
  const dim = options.paint('dim', rule);
  if (columns(last) + 2 + columns(rule) > textWidth(options)) return [...lines, INDENT + dim];
  return [...lines.slice(0, -1), `${lines.at(-1)}  ${dim}`];
}

/** A text with a mark before its first line. */
function marked(mark: string, text: string, options: PageOptions, colour?: 'bold'): string[] {
  return wrapText(text, textWidth(options)).map((line, at) => {
    const painted = colour ? options.paint(colour, line) : withCode(line, options.paint);
    return `${MARGIN}${at === 0 ? mark : ' '} ${painted}`;
  });
}

function indented(text: string, options: PageOptions): string[] {
  return text
    .split('\n')
    .flatMap((part) => wrapText(part, textWidth(options)))
    .map((line) => INDENT + withCode(line, options.paint));
}

function textWidth({ width }: PageOptions): number {
  return Math.min(MAX_TEXT_WIDTH, width - INDENT.length - MARGIN.length);
}

/** Where there are colours, `code` needs no backticks. */
function withCode(line: string, paint: Paint): string {
  return line.replace(/`([^`]+)`/g, (quoted, code: string) => {
    const painted = paint('cyan', code);
    return painted === code ? quoted : painted;
  });
}

import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline/promises';
import { ANSWERS_FILE, type AnswersFile } from '../../00-take-off/answers-file.ts';
import { sendFlightTrace } from '../../00-take-off/flight-trace.ts';
import {
  type AskedOf,
  answersOf,
  isRight,
  QUESTIONS,
  type Question,
} from '../../00-take-off/questions.ts';
import { agentText } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import type { Language, Say } from '../i18n/messages.ts';
import { findingWords } from '../judge/finding-words.ts';
import { LessonError } from '../lesson-error.ts';
import { type Lesson, lessonTitle } from '../lesson-manifest.ts';
import { roundTrip } from '../probe.ts';
import type { Screen } from '../screen.ts';
import { wrapText } from '../terminal-text.ts';
import { judgeLearner } from './judge-learner.ts';
import { type LearnerFolders, shortPath, workFolder } from './learner-folders.ts';
import { openBrowser } from './open-browser.ts';
import { questionText } from './question-text.ts';
import { keepAnswer, prepareTakeOff } from './take-off-answers.ts';

export interface TakeOffOptions {
  readonly folders: LearnerFolders;
  readonly language: Language;
  readonly screen: Screen;
  readonly backend: () => Promise<Backend>;
  readonly interrupted: Promise<unknown>;
  /** Where answers are typed. */
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** For the seed of a new learner's trace. */
  readonly random?: () => number;
}

const MAX_WIDTH = 96;
const ROUND_TRIP_MS = 5000;

/** Lesson 0 in a terminal: asks about the learner's trace until each question is answered or left. Gives the exit code. */
export async function takeOff(lesson: Lesson, options: TakeOffOptions): Promise<number> {
  const { folders, language, screen, interrupted } = options;
  const { say, paint } = screen;
  const title = say('lesson.title', {
    number: lesson.number,
    title: lessonTitle(lesson, language),
  });
  screen.line();
  screen.line(`  ${paint('bold', title)}`);
  screen.line(
    paint('dim', `  ${'─'.repeat(Math.max(0, Math.min(MAX_WIDTH, screen.width()) - 4))}`),
  );
  screen.line();
  const left = interrupted.then(() => 'left' as const);
  const file = await prepareTakeOff(folders, lesson, options.random);
  const backend = await Promise.race([left, options.backend()]);
  if (backend === 'left') return 0;
  const trace = await sendFlightTrace(file.seed, backend.agent, backend.query);
  const { url } = backend.query;
  if (!trace || (await roundTrip(backend.agent, backend.query, ROUND_TRIP_MS)) === undefined)
    throw new LessonError((tell) => tell('takeOff.lost', { agent: agentText(backend.agent), url }));
  const link = backend.query.traceLink(trace.traceId);
  screen.line(`  ${paint('green', '✓')} ${say('takeOff.well')}`);
  screen.line();
  screen.line(`  ${say('takeOff.trace', { url: paint('cyan', link) })}`);
  await openBrowser(link);
  for (const text of [say('takeOff.look'), say('takeOff.how')])
    for (const line of wrapText(text, Math.min(MAX_WIDTH, screen.width() - 4)))
      screen.line(paint('dim', `  ${line}`));

  const prompt = createInterface({ input: options.input, output: options.output, terminal: true });
  // In a terminal that readline has, Ctrl-C is a key and no signal.
  const gone = new Promise<'left'>((resolve) => {
    prompt.once('SIGINT', () => resolve('left'));
    prompt.once('close', () => resolve('left'));
  });
  let answers = file.answers;
  const keep = async (question: Question, answer: string) => {
    ({ answers } = await keepAnswer(folders, lesson, question, answer));
  };
  try {
    const asked = answersOf(trace);
    const asking = askAll(asked, answers, keep, prompt, screen, language);
    // Whoever leaves in the middle of a question leaves it open.
    asking.catch(() => {});
    await Promise.race([asking, gone, left]);
  } finally {
    prompt.close();
  }
  screen.line();
  const verdict = await judgeLearner(lesson, { folders, backend });
  if (verdict.passed) {
    const facts = { number: lesson.number + 1 };
    screen.line(
      `  ${paint('green', '✓')} ${paint('bold', say('exercise.lessonPassed', { count: verdict.steps.length }))}`,
    );
    screen.line(`    ${say('exercise.nextCommand', facts)}`);
    return 0;
  }
  const asked = answersOf(trace);
  const open = QUESTIONS.filter((question) => !isRight(answers[question], question, asked)).length;
  screen.line(`  ${paint('yellow', '●')} ${openText(open, say)}`);
  screen.line(
    paint(
      'dim',
      `    ${say('takeOff.kept', { file: shortPath(join(workFolder(folders, lesson), ANSWERS_FILE)) })}`,
    ),
  );
  return 0;
}

/** How many questions are not answered as the trace says. */
export function openText(count: number, say: Say): string {
  return say(count === 1 ? 'takeOff.oneOpen' : 'takeOff.open', { count, of: QUESTIONS.length });
}

async function askAll(
  asked: AskedOf,
  given: AnswersFile['answers'],
  keep: (question: Question, answer: string) => Promise<void>,
  prompt: Interface,
  screen: Screen,
  language: Language,
): Promise<void> {
  const { say, paint, line } = screen;
  for (const [at, question] of QUESTIONS.entries()) {
    const number = say('takeOff.question', { number: at + 1, count: QUESTIONS.length });
    const width = Math.min(MAX_WIDTH, screen.width()) - 7;
    line();
    for (const [row, text] of wrapText(questionText(question, asked, say), width).entries())
      line(`  ${row === 0 ? paint('dim', number) : '   '}  ${text}`);
    if (isRight(given[question], question, asked)) {
      line(`       ${paint('green', '✓')} ${say('takeOff.known', { answer: given[question] })}`);
      continue;
    }
    let hints = 0;
    for (;;) {
      const answer = (await prompt.question(`       ${paint('cyan', '›')} `)).trim();
      if (answer === '') break;
      const isHint = answer === '?' || answer === '？';
      if (!isHint) await keep(question, answer);
      if (!isHint && isRight(answer, question, asked)) {
        line(`       ${paint('green', '✓')} ${say('takeOff.right')}`);
        break;
      }
      const params = { key: at + 1, question, actual: answer };
      const all = findingWords({ rule: 'L0-ANSWER', params }, language).hints;
      const hint = all[hints % all.length] ?? '';
      hints++;
      if (!isHint) line(`       ${paint('red', '✗')} ${say('takeOff.wrong')}`);
      for (const text of wrapText(hint, width - 2)) line(paint('dim', `         ${text}`));
    }
  }
}

/** The same without a terminal: the learner's link, the questions, and which file takes the answers. */
export async function takeOffPlainly(
  lesson: Lesson,
  { folders, screen, backend }: Pick<TakeOffOptions, 'folders' | 'screen' | 'backend'>,
): Promise<void> {
  const { say, line } = screen;
  const { seed } = await prepareTakeOff(folders, lesson);
  const { query, agent } = await backend();
  const trace = await sendFlightTrace(seed, agent, query);
  if (!trace)
    throw new LessonError((tell) =>
      tell('takeOff.lost', { agent: agentText(agent), url: query.url }),
    );
  const asked = answersOf(trace);
  line(say('takeOff.trace', { url: query.traceLink(trace.traceId) }));
  for (const [at, question] of QUESTIONS.entries())
    line(`${at + 1}. ${question}: ${questionText(question, asked, say)}`);
  line(say('takeOff.edit', { file: shortPath(join(workFolder(folders, lesson), ANSWERS_FILE)) }));
  line();
}

import { sendFlightTrace } from '../../00-take-off/flight-trace.ts';
import {
  answersOf,
  isQuestion,
  isRight,
  QUESTIONS,
  type Question,
} from '../../00-take-off/questions.ts';
import { agentText } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import { type Language, speaker } from '../i18n/messages.ts';
import { LessonError } from '../lesson-error.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { LearnerFolders } from '../workshop/learner-folders.ts';
import { questionText } from '../workshop/question-text.ts';
import { keepAnswer, prepareTakeOff } from '../workshop/take-off-answers.ts';

/** A question of lesson 0 as its page shows it. */
export interface QuestionOnPage {
  readonly id: Question;
  readonly text: string;
  readonly answer: string;
  readonly is: 'open' | 'right' | 'wrong';
}

export interface QuestionsOnPage {
  /** The learner's own trace, of which everything is asked. */
  readonly traceId: string;
  readonly questions: readonly QuestionOnPage[];
}

export interface GivenAnswer {
  readonly question: Question;
  readonly answer: string;
}

/** What an answer may be long, in characters. */
const MAX_LENGTH = 200;

/** Reads what the page sent: an answer, or nothing but the wish to see the questions. Throws a `RangeError` for others. */
export function givenAnswer(body: unknown): GivenAnswer | undefined {
  const { question, answer } = (body ?? {}) as Partial<Record<keyof GivenAnswer, unknown>>;
  if (question === undefined && answer === undefined) return undefined;
  if (isQuestion(question) && typeof answer === 'string' && answer.length <= MAX_LENGTH)
    return { question, answer: answer.trim() };
  throw new RangeError('expected a question of lesson 0 and an answer in one line');
}

/**
 * Gives lesson 0's questions about the learner's trace, which is made and sent if it is not there, with the answers of
 * the learner's file. Throws a `LessonError` if the trace or the file cannot be had.
 */
export function takeOffQuestions(
  folders: LearnerFolders,
  backend: () => Promise<Pick<Backend, 'query' | 'agent'>>,
): (lesson: Lesson, language: Language, given?: GivenAnswer) => Promise<QuestionsOnPage> {
  // One after the other: each reads the file and writes it anew.
  let turn: Promise<unknown> = Promise.resolve();

  async function questions(lesson: Lesson, language: Language, given?: GivenAnswer) {
    const { query, agent } = await backend();
    let file = await prepareTakeOff(folders, lesson);
    if (given) file = await keepAnswer(folders, lesson, given.question, given.answer);
    const trace = await sendFlightTrace(file.seed, agent, query);
    if (!trace)
      throw new LessonError((say) =>
        say('takeOff.lost', { agent: agentText(agent), url: query.url }),
      );
    const asked = answersOf(trace);
    const say = speaker(language);
    return {
      traceId: trace.traceId,
      questions: QUESTIONS.map((id): QuestionOnPage => {
        const answer = file.answers[id];
        const is = answer === '' ? 'open' : isRight(answer, id, asked) ? 'right' : 'wrong';
        return { id, text: questionText(id, asked, say), answer, is };
      }),
    };
  }

  return (...asked) => {
    const now = turn.then(() => questions(...asked));
    turn = now.catch(() => {});
    return now;
  };
}

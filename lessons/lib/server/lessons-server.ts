import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdditionalRoute } from '@spoor/all-in-one';
import { eventStream } from '@spoor/platform';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { errorText } from '../error-text.ts';
import { chooseLanguage, LANGUAGES, type Language, speaker } from '../i18n/messages.ts';
import { CHECK_TIME_SCALE } from '../judge/bench.ts';
import type { Verdict } from '../judge/verdict.ts';
import { LessonError } from '../lesson-error.ts';
import { CHECKOUT, type Lesson, lessonTitle, stepTitle } from '../lesson-manifest.ts';
import { takeHint } from '../workshop/hints.ts';
import { JUDGING, type Judging, judgingNow } from '../workshop/judging-alone.ts';
import type { LearnerFolders } from '../workshop/learner-folders.ts';
import {
  type BrokenProgress,
  lessonProgress,
  type Progress,
  readProgress,
} from '../workshop/progress-file.ts';
import { readVerdict, watchVerdicts } from '../workshop/verdict-files.ts';
import { checkQueue } from './check-queue.ts';
import { lessonCode } from './lesson-code.ts';
import { whyForeign, whyRemote } from './own-page-only.ts';
import { linkedFiles, readmeHtml } from './readme-html.ts';
import { type GivenAnswer, givenAnswer, type QuestionsOnPage } from './take-off-questions.ts';
import { type SayFinding, verdictText } from './verdict-text.ts';
import { watchJudging } from './watch-judging.ts';

export interface LessonsServerOptions {
  readonly lessons: readonly Lesson[];
  readonly folders: LearnerFolders;
  /**
   * Judges what the learner wrote for a lesson and keeps the verdict among the learner's verdicts, where it is found
   * and told. Rejects if there was none. One that is asked for while another runs waits for it, or takes its place.
   */
  check(lesson: Lesson, step: string | undefined): Promise<unknown>;
  /** Lesson 0's questions, after `given` was kept if it is an answer. */
  questions(lesson: Lesson, language: Language, given?: GivenAnswer): Promise<QuestionsOnPage>;
  readonly sayFinding: SayFinding;
  /** The words of all rules, with their placeholders. */
  ruleTemplates(language: Language): unknown;
  /** Hears that the learner's progress could not be read. */
  readonly onBroken?: (broken: BrokenProgress) => void;
  readonly heartbeatMs?: number;
}

/** What the lessons page asks for, to be mounted on the query service. */
export interface LessonsServer {
  readonly route: AdditionalRoute;
  /** Ends the event streams. */
  close(): Promise<void>;
}

/** Serves the lessons, the learner's progress and the judge's verdicts below `/api/lessons`. */
export async function startLessonsServer(options: LessonsServerOptions): Promise<LessonsServer> {
  const { lessons, folders, sayFinding } = options;
  const events = eventStream<Language>(
    options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs },
  );
  const textIn = (language: Language, lesson: Lesson, verdict: Verdict, progress: Progress) =>
    verdictText(verdict, lesson, progress, language, sayFinding);

  const progressNow = () => readProgress(folders.progressFile, options.onBroken);

  async function tellVerdict(lesson: Lesson): Promise<void> {
    const verdict = await readVerdict(folders.verdicts, lesson);
    if (!verdict) return;
    const progress = await progressNow();
    events.send('verdict', (language) => ({
      lesson: lesson.number,
      verdict: textIn(language, lesson, verdict, progress),
    }));
  }

  function tellFailure(lesson: Lesson, error: unknown): void {
    events.send('failed', (language) => ({
      lesson: lesson.number,
      message: errorText(error, `check:${lesson.number}`, speaker(language)),
    }));
  }

  // Not every judgement ends with a verdict: some are broken off, some only run the programs, and a judge may die.
  const judging = watchJudging(
    () => judgingNow(folders.verdicts),
    (now) => {
      const [event, data] = judgingEvent(now);
      events.send(event, () => data);
    },
  );
  const watch = await watchVerdicts(folders.verdicts, (name, there) => {
    const lesson = lessons.find(({ id }) => id === name);
    if (lesson && there) tellVerdict(lesson).catch((error) => tellFailure(lesson, error));
    if (name === JUDGING) judging.look();
  });
  const check = checkQueue<string | undefined>(async (number, step) => {
    const lesson = lessons.find((each) => each.number === number) as Lesson;
    await options.check(lesson, step).catch((error) => tellFailure(lesson, error));
  });

  const router = Router({ caseSensitive: true });
  router.use(ownPage);
  router.get('/', async (request: Request, response: Response) => {
    const language = languageOf(request);
    const progress = await progressNow();
    response.json({ lessons: lessons.map((lesson) => glance(lesson, language, progress)) });
  });
  router.get('/events', async (request: Request, response: Response) => {
    events.open(request, response, languageOf(request));
    const [event, data] = judgingEvent(await judgingNow(folders.verdicts));
    if (response.writable) events.sendTo(response, event, data);
  });
  router.get('/:number', async (request: Request, response: Response) => {
    const lesson = asked(request);
    const language = languageOf(request);
    const progress = await progressNow();
    const verdict = await readVerdict(folders.verdicts, lesson);
    const next = lessons.find(({ number }) => number > lesson.number);
    response.json({
      ...glance(lesson, language, progress),
      html: readmeHtml(await readme(lesson, language), lesson),
      expected: lesson.expected,
      timeScale: CHECK_TIME_SCALE,
      ...(next && { next: next.number }),
      rules: options.ruleTemplates(language),
      ...(verdict && { verdict: textIn(language, lesson, verdict, progress) }),
    });
  });
  router.get('/:number/code', async (request: Request, response: Response) => {
    const lesson = asked(request);
    const { passedAt } = lessonProgress(await progressNow(), lesson.number);
    if (passedAt === undefined) throw new Refusal(409, `lesson ${lesson.number} is not passed yet`);
    response.set('Cache-Control', 'no-store').json(await lessonCode(lesson, folders));
  });
  router.get('/:number/files', async (request: Request, response: Response) => {
    const lesson = asked(request);
    const { path } = request.query;
    const texts = await Promise.all(LANGUAGES.map((language) => readme(lesson, language)));
    const linked = texts.some((text) => linkedFiles(text, lesson).has(String(path)));
    if (!linked) throw new Refusal(404, `the text of lesson ${lesson.number} links no such file`);
    const text = await readFile(join(CHECKOUT, String(path)), 'utf8');
    response.set('X-Content-Type-Options', 'nosniff').type('text/plain').send(text);
  });
  router.post('/:number/check', fromHere, jsonOnly, (request: Request, response: Response) => {
    const lesson = asked(request);
    const step: unknown = request.body?.step;
    if (step !== undefined && !lesson.exercise?.steps.some(({ id }) => id === step))
      throw new Refusal(400, `lesson ${lesson.number} has no step ${JSON.stringify(step)}`);
    check(lesson.number, step as string | undefined);
    response.status(202).json({ lesson: lesson.number });
  });
  // Also to read them: the learner's file is made when it is not there, and their trace.
  router.post(
    '/:number/questions',
    fromHere,
    jsonOnly,
    async (request: Request, response: Response) => {
      const lesson = asked(request);
      if (lesson.number !== 0) throw new Refusal(404, `lesson ${lesson.number} asks no questions`);
      const language = languageOf(request);
      const questions = await options
        .questions(lesson, language, answerIn(request))
        .catch((error: Error) => {
          if (error instanceof LessonError) throw new Refusal(503, error.tell(speaker(language)));
          throw error;
        });
      response.json(questions);
    },
  );
  router.post('/:number/hint', fromHere, jsonOnly, async (request: Request, response: Response) => {
    const lesson = asked(request);
    const verdict = await readVerdict(folders.verdicts, lesson);
    if (!verdict || (await takeHint(folders, lesson, verdict)) === undefined)
      throw new Refusal(409, `nothing of lesson ${lesson.number} fails now`);
    const progress = await progressNow();
    const text = textIn(languageOf(request), lesson, verdict, progress);
    await tellVerdict(lesson);
    response.json({ hints: text.hints, moreHints: text.moreHints });
  });
  router.use((request: Request) => {
    throw new Refusal(404, `nothing is served at ${request.originalUrl}`);
  });
  router.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status = 500 } = error as { status?: number };
    response.status(status).json({ error: error.message });
  });

  function asked({ params }: Request): Lesson {
    const lesson = lessons.find(({ number }) => String(number) === params['number']);
    if (lesson) return lesson;
    throw new Refusal(404, `there is no lesson ${params['number']}`);
  }

  return {
    route: {
      path: '/api/lessons',
      handler: (request, response, next) => router(request as Request, response as Response, next),
    },
    async close() {
      events.close();
      judging.close();
      await watch.close();
    },
  };
}

/** `running` with its lesson, or `idle`: then nothing is judged, whether or not there was a verdict. */
function judgingEvent(now: Judging | undefined): readonly [event: string, data: object] {
  return now ? ['running', { lesson: now.lesson }] : ['idle', {}];
}

/** An answer other than the one that was asked for. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function ownPage(request: Request, _response: Response, next: NextFunction): void {
  const foreign = whyForeign(request);
  if (foreign !== undefined) throw new Refusal(403, foreign);
  next();
}

function fromHere({ socket }: Request, _response: Response, next: NextFunction): void {
  const remote = whyRemote(socket.remoteAddress);
  if (remote !== undefined) throw new Refusal(403, remote);
  next();
}

const parseJson = express.json({ limit: '4kb', type: 'application/json' });

/** A form of another site can post text; JSON it cannot without asking first. */
function jsonOnly(request: Request, response: Response, next: NextFunction): void {
  if (!request.is('application/json')) throw new Refusal(415, 'expected application/json');
  parseJson(request, response, next);
}

function answerIn({ body }: Request): GivenAnswer | undefined {
  try {
    return givenAnswer(body);
  } catch (error) {
    throw new Refusal(400, (error as Error).message);
  }
}

function languageOf({ query }: Request): Language {
  const { lang } = query;
  return chooseLanguage(typeof lang === 'string' ? lang : 'en', {});
}

function glance(lesson: Lesson, language: Language, progress: Progress) {
  const { steps, passedAt } = lessonProgress(progress, lesson.number);
  return {
    number: lesson.number,
    id: lesson.id,
    title: lessonTitle(lesson, language),
    minutes: lesson.minutes,
    ...(passedAt !== undefined && { passedAt }),
    steps: (lesson.exercise?.steps ?? []).map((step) => ({
      id: step.id,
      title: stepTitle(step, language),
      passed: steps[step.id]?.passedAt !== undefined,
    })),
  };
}

/** Empty for a lesson without a text. */
async function readme({ id }: Lesson, language: Language): Promise<string> {
  const name = language === 'en' ? 'README.md' : 'README.zh-CN.md';
  try {
    return await readFile(join(CHECKOUT, 'lessons', id, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

import { DATA_DIRECTORY, onInterruption } from '@spoor/platform';
import { type Backend, isOwn } from '../backend.ts';
import { parseCommandLine } from '../command-line.ts';
import { errorText } from '../error-text.ts';
import { askedLanguage } from '../flags.ts';
import { chooseLanguage, type Language, speaker } from '../i18n/messages.ts';
import { askedStep } from '../judge/asked-step.ts';
import { CheckInterrupted, checkLesson } from '../judge/check-lesson.ts';
import { LessonError } from '../lesson-error.ts';
import { type Lesson, loadLesson, loadLessons } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { type Screen, screen } from '../screen.ts';
import { startLessonsServer } from '../server/lessons-server.ts';
import { type BackendKeeper, keepBackend } from './backend-keeper.ts';
import { filePairs, pairPicture, pairWords } from './beside-solution.ts';
import { exercisePlainly, tell } from './exercise-plain.ts';
import { ExerciseSession } from './exercise-session.ts';
import { pageTerminal } from './exercise-terminal.ts';
import { judging } from './judge-learner.ts';
import { type Judging, judgingAlone } from './judging-alone.ts';
import { keyboard } from './keyboard.ts';
import { ensureCopy, moveCopyAside } from './learner-copy.ts';
import { learnerFolders, shortPath } from './learner-folders.ts';
import { mistakeNames, plantMistake } from './mistake.ts';
import { NO_PROGRESS, readProgress } from './progress-file.ts';
import { forgetSteps, withVerdict } from './record-verdict.ts';
import { takeOff, takeOffPlainly } from './take-off.ts';

// `npm run exercise:N`: lesson → flags → the learner's copy → judged at every save.
const [number, ...argv] = process.argv.slice(2);
const folders = learnerFolders();
const { interrupted } = onInterruption(() => process.exit(130));
let out = screen(speaker(chooseLanguage(askedLanguage(argv), process.env)));
let progressWasBroken: string | undefined;
/** The one that is under way. */
let session: ExerciseSession | undefined;
process.once('uncaughtException', (error) => {
  // What stands on the terminal is given back by those who took it, at the exit.
  out.line();
  out.error(out.say('error.unexpected', { reason: String(error) }));
  process.exit(1);
});
try {
  const progress = await readProgress(folders.progressFile, (broken) => {
    progressWasBroken = out.say('progress.broken', { ...broken });
  });
  const language = chooseLanguage(askedLanguage(argv) ?? progress.language, process.env);
  out = { ...out, say: speaker(language) };
  const lesson = await exerciseOf(Number(number));
  process.exitCode = await run(lesson, language);
} catch (error) {
  out.error(
    error instanceof CheckInterrupted
      ? out.say('check.interrupted')
      : errorText(error, `exercise:${number}`, out.say),
  );
  process.exitCode = error instanceof CheckInterrupted ? 130 : 1;
}
// Idle connections to the query service must not hold up the end.
process.exit();

async function exerciseOf(which: number): Promise<Lesson> {
  const lesson = await loadLesson(which);
  if (lesson.exercise) return lesson;
  throw new LessonError((say) => say('exercise.none', { number: which }));
}

async function run(lesson: Lesson, language: Language): Promise<number> {
  const { say } = out;
  const flags = parseCommandLine(
    argv,
    {
      script: `exercise:${lesson.number}`,
      usage: '[--step STEP] [--reset] [--diff] [--mistake NAME] [--watch] [--query URL]',
      summary: say('help.exercise'),
      flags: {
        step: { type: 'string', requiresArg: true, describe: say('help.exerciseStep') },
        reset: { type: 'boolean', default: false, describe: say('help.reset') },
        diff: { type: 'boolean', default: false, describe: say('help.diff') },
        mistake: { type: 'string', requiresArg: true, describe: say('help.mistake') },
        watch: { type: 'boolean', default: false, describe: say('help.watch') },
        query: { type: 'string', requiresArg: true, describe: say('help.query') },
      },
      epilogue: say('help.environment'),
    },
    language,
  );
  const step = flags.step === undefined ? undefined : askedStep(lesson, flags.step);
  const notes: string[] = progressWasBroken === undefined ? [] : [progressWasBroken];
  if (flags.reset) {
    const aside = await moveCopyAside(folders, lesson);
    await forgetSteps(folders, lesson);
    if (aside) notes.push(say('exercise.movedAside', { folder: shortPath(aside) }));
  }
  if (flags.diff) return showDiff(lesson, out);
  const keeper = await openBackend(flags.query);
  try {
    if (flags.mistake !== undefined)
      return await showMistake(lesson, flags.mistake, language, keeper);
    const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
    if (lesson.number === 0 && isTerminal) {
      const { stdin: input, stdout: output } = process;
      for (const note of notes) out.line(note);
      const backend = keeper.current;
      return await takeOff(lesson, {
        folders,
        language,
        screen: out,
        backend,
        interrupted,
        input,
        output,
      });
    }
    if (isTerminal) return await interactive(lesson, language, step, notes, keeper);
    for (const note of notes) out.line(note);
    if (lesson.number === 0)
      await takeOffPlainly(lesson, { folders, screen: out, backend: keeper.current });
    return await exercisePlainly(lesson, {
      folders,
      language,
      screen: out,
      backend: keeper.current,
      agent: keeper.agent,
      step,
      watch: flags.watch,
      interrupted,
    });
  } finally {
    const backend = await keeper.current().catch(() => undefined);
    await keeper.close();
    // The links that were shown are dead now.
    if (backend && isOwn(backend) && flags.mistake !== 'list')
      out.line(out.paint('dim', `  ${say('check.stackEnded', { url: backend.query.url })}`));
  }
}

/** A backend, with the lessons page if it is our own. */
async function openBackend(query: string | undefined): Promise<BackendKeeper> {
  const server = await startLessonsServer({
    lessons: await loadLessons(),
    ...judging(folders, () => keeper.current()),
  });
  const tellSession = (tell: Parameters<ExerciseSession['note']>[0]) =>
    session ? session.note(tell) : out.line(tell(out.say));
  const keeper: BackendKeeper = keepBackend({
    query,
    env: process.env,
    // As all-in-one takes it.
    directory: process.env['EMBEDDED_DIRECTORY'] || DATA_DIRECTORY,
    ports: USUAL_PORTS,
    additionalRoutes: [server.route],
    onGone: (url, reason) => tellSession((say) => say('exercise.backendGone', { url, reason })),
    onTaken({ query: { url } }) {
      tellSession((say) => say('exercise.backendTaken', { url }));
      session?.retry();
    },
    onFailed: (error) => tellSession(error.tell),
  });
  return {
    agent: keeper.agent,
    current: keeper.current,
    async close() {
      await server.close();
      await keeper.close();
    },
  };
}

function tellWaiting(judge: Judging): void {
  out.error(out.say('check.waiting', { ...judge }));
}

/** Until the learner leaves, from lesson to lesson. */
async function interactive(
  first: Lesson,
  language: Language,
  step: string | undefined,
  notes: readonly string[],
  keeper: BackendKeeper,
): Promise<number> {
  const terminal = pageTerminal(process.stdout);
  const keys = keyboard(
    process.stdin,
    (key) => void session?.press(key).catch(unexpected),
    () => void session?.redraw(),
  );
  process.stdout.on('resize', () => void session?.redraw());
  let next: { lesson: Lesson; language: Language } | undefined = { lesson: first, language };
  try {
    let given: { step?: string | undefined; notes?: readonly string[] } = { step, notes };
    while (next) {
      const { lesson, language } = next;
      session = new ExerciseSession(lesson, {
        folders,
        terminal,
        language,
        backend: keeper.current,
        agent: keeper.agent,
        ...given,
      });
      given = {};
      await session.start();
      const end = await Promise.race([session.ended, interrupted.then(() => 'quit' as const)]);
      await session.close();
      next =
        end === 'quit' ? undefined : { lesson: await exerciseOf(end.next), language: end.language };
    }
  } finally {
    session = undefined;
    keys.close();
    terminal.close();
  }
  out.line(out.paint('dim', `  ${out.say('lesson.leaving')}`));
  return 0;
}

function unexpected(error: unknown): void {
  session?.note((say) => errorText(error, `exercise:${number}`, say));
}

async function showDiff(lesson: Lesson, { line, say, paint, width }: Screen): Promise<number> {
  const { folder } = await ensureCopy(folders, lesson);
  for (const pair of await filePairs(lesson, folder)) {
    for (const each of pairPicture(pair, width(), paint, pairWords(say))) line(each);
    line();
  }
  return 0;
}

/** Runs the finished programs with a mistake in them: the trace that it leaves, and what the judge says of it. */
async function showMistake(
  lesson: Lesson,
  name: string,
  language: Language,
  keeper: BackendKeeper,
): Promise<number> {
  if (name === 'list') {
    for (const each of await mistakeNames(lesson)) out.line(each);
    return 0;
  }
  const planted = await plantMistake(folders, lesson, name);
  try {
    const backend: Backend = await keeper.current();
    out.line(`${out.paint('bold', planted.name)}  ${planted.what}`);
    out.line();
    const { folder } = planted;
    const interruption = new AbortController();
    void interrupted.then(() => interruption.abort(new CheckInterrupted()));
    const verdict = await judgingAlone(
      folders.verdicts,
      lesson,
      () => checkLesson(lesson, { folder, backend, interrupted }),
      { signal: interruption.signal, onWaiting: tellWaiting },
    );
    const progress = withVerdict(NO_PROGRESS, lesson, verdict);
    await tell(lesson, verdict, progress, backend, { folders, language, screen: out }, false);
    return 0;
  } finally {
    await planted.remove();
  }
}

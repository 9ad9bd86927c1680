import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compareTrace, type ExpectedTrace } from '@spoor/analysis';
import { agentText, agentVariables } from './agent-address.ts';
import { ARRIVE_MS, type Arrival, arrivals, compareOnAnyHost } from './arrival.ts';
import { agentOf, type Backend, type BackendOptions, findBackend, startOwn } from './backend.ts';
import { findingText } from './finding-text.ts';
import type { LessonProcess } from './harness/lesson-process.ts';
import { LessonError } from './lesson-error.ts';
import { CHECKOUT, type Lesson, programOf } from './lesson-manifest.ts';
import { type LessonProcesses, type Reported, startServices } from './lesson-processes.ts';
import { markedTrace } from './marked-trace.ts';
import { QueryApiError } from './query-api.ts';
import { areServicesRunning } from './running-services.ts';
import { leavable, type Screen } from './screen.ts';
import { tracePicture } from './trace-picture.ts';
import { setGoing } from './trigger.ts';

export interface RunOptions extends BackendOptions {
  /** For the program of the lesson. */
  readonly args: readonly string[];
  /** End when the trace has been shown, instead of staying until Ctrl-C. */
  readonly once: boolean;
  readonly screen: Screen;
  /** Resolves when the learner wants it to end. */
  readonly interrupted: Promise<unknown>;
  /** Takes each process that was started, for an end by force. */
  readonly onStarted: (process: LessonProcess) => void;
}

const LOOK_AFTER_BACKEND_MS = 1000;
const INTERRUPTED_EXIT_CODE = 130;

/**
 * Runs a lesson's finished program against a backend, shows the trace it leaves, and gives the exit code: 0 if the
 * trace arrived as the lesson tells it, 1 if not, 130 if interrupted before. Throws a `LessonError` for what kept it
 * from getting that far. In every case nothing that it started is left running.
 */
export async function runLesson(lesson: Lesson, given: RunOptions): Promise<number> {
  const { interrupted } = given;
  // What is under way at an interruption may go on until all is stopped, but is not shown any more.
  const screen = leavable(given.screen);
  const options = { ...given, screen };
  const ranAlready = await areServicesRunning(lesson);
  if (lesson.services.length > 0) {
    const starting = ranAlready ? 'lesson.servicesRan' : 'lesson.starting';
    const services = serviceNames(lesson);
    screen.line(screen.paint('dim', screen.say(starting, { services })));
  }
  const env = agentVariables(agentOf(options));
  const processes = startServices(lesson, {
    screen,
    env,
    ranAlready,
    onStarted: options.onStarted,
  });
  const backends: Promise<Backend>[] = [
    findBackend({
      ...options,
      onStarting: () => screen.line(screen.paint('dim', screen.say('lesson.startingStack'))),
    }),
  ];
  try {
    const died = Promise.race(processes.services.map((service) => service.died));
    const left = interrupted.then(() => undefined);
    const whole = await Promise.race([left, died, showTrace(lesson, options, processes, backends)]);
    if (whole === undefined) {
      screen.error(screen.say('lesson.interrupted'));
      screen.leave();
      return INTERRUPTED_EXIT_CODE;
    }
    // Where nothing runs for this command's sake, there is nothing to stay for.
    const isAllElsewhere = ranAlready && (await backends[0])?.roundTripMs !== undefined;
    if (!options.once && !isAllElsewhere) {
      screen.line();
      const stay = lesson.services.length > 0 ? 'lesson.stay' : 'lesson.stayStack';
      screen.line(screen.paint('dim', screen.say(stay)));
      await Promise.race([left, died, lookAfter(backends, options, processes.reported)]);
      screen.line();
      screen.line(screen.paint('dim', screen.say('lesson.leaving')));
      screen.leave();
    }
    return whole ? 0 : 1;
  } finally {
    // First the services, which may still have spans to send, then what takes them.
    await processes.stop();
    for (const backend of backends)
      await backend.then(
        (found) => found.close(),
        () => {},
      );
  }
}

/** Sets the lesson going and shows what came of it. True if the trace is whole. */
async function showTrace(
  lesson: Lesson,
  options: RunOptions,
  processes: LessonProcesses,
  backends: readonly Promise<Backend>[],
): Promise<boolean> {
  const { screen } = options;
  const { say } = screen;
  const [backend] = (await Promise.all([
    backends[0],
    ...processes.services.map((service) => service.listening()),
  ])) as [Backend];
  screen.line();
  screen.line(backendLine(backend, options));
  const debugId = processes.ranAlready && !programOf(lesson) ? randomUUID() : undefined;
  const failure = await setGoing(lesson, options.args, processes, screen, debugId);

  const [first] = lesson.services;
  if (debugId !== undefined && first) {
    const traceId = await markedTrace(backend.query, first.serviceName, debugId);
    if (traceId === undefined) throw nothingOfServices(lesson, backend);
    processes.noteTrace(traceId);
  }
  const traceIds = () => processes.reported.traceIds;
  const arrived = await arrivals(
    lesson.expected,
    backend.query,
    traceIds,
    ({ reason }) => screen.line(say('backend.slow', { url: backend.query.url, reason })),
    processes.ranAlready ? compareOnAnyHost : compareTrace,
  );
  if (arrived.length === 0) throw failure ?? nothingArrived(backend, processes.reported);
  const { spans } = lesson.expected;
  const picture = {
    say,
    paint: screen.paint,
    width: screen.width(),
    // What the lesson is about is shown.
    tags: new Set(spans.flatMap(({ tags }) => Object.keys(tags))),
    processTags: new Set(spans.flatMap(({ processTags = [] }) => processTags)),
  };
  for (const { trace } of arrived) {
    screen.line();
    screen.line(tracePicture(trace, picture));
  }
  screen.line();
  const whole = failure ? false : tellVerdict(arrived, lesson.expected, screen);
  if (failure) screen.error(failure.tell(say));
  screen.line();
  for (const { trace } of arrived)
    screen.line(say('lesson.link', { url: backend.query.traceLink(trace.traceId) }));
  await tellWhatNext(lesson, screen);
  return whole;
}

function backendLine({ query: { url }, roundTripMs }: Backend, options: RunOptions): string {
  const { say } = options.screen;
  return roundTripMs === undefined
    ? say('lesson.started', { url, directory: options.directory })
    : say('lesson.attached', { url, millis: roundTripMs });
}

function nothingArrived({ agent, query }: Backend, { count }: Reported): LessonError {
  if (count === 0) return new LessonError((say) => say('trace.unreported'));
  const facts = {
    seconds: ARRIVE_MS / 1000,
    reported: count,
    agent: agentText(agent),
    url: query.url,
  };
  return new LessonError((say) => say('trace.none', facts));
}

function nothingOfServices(lesson: Lesson, { query: { url } }: Backend): LessonError {
  const facts = { seconds: ARRIVE_MS / 1000, services: serviceNames(lesson), url };
  return new LessonError((say) => say('trace.noneOfRunning', facts));
}

function serviceNames({ services }: Lesson): string {
  return services.map(({ name }) => name).join(', ');
}

/** True if all is as the lesson tells it. */
function tellVerdict(
  arrived: readonly Arrival[],
  { traces = 1, spans }: ExpectedTrace,
  screen: Screen,
): boolean {
  const { say, paint } = screen;
  const findings = arrived.flatMap((each) => each.findings.map((it) => findingText(it, say)));
  if (arrived.length < traces)
    findings.unshift(say('finding.tracesMissing', { expected: traces, actual: arrived.length }));
  if (findings.length === 0) {
    const facts = { spans: traces * spans.length, traces };
    const verdict = traces === 1 ? say('trace.whole', facts) : say('traces.whole', facts);
    screen.line(`${paint('green', '✓')} ${verdict}`);
    return true;
  }
  screen.error(say('trace.broken', { count: findings.length }));
  for (const finding of findings) screen.error(`  ${finding}`);
  return false;
}

async function tellWhatNext(lesson: Lesson, { line, say }: Screen): Promise<void> {
  line(say('lesson.read'));
  const program = programOf(lesson);
  if (program) line(`  ${program.file}`);
  for (const { file, port } of lesson.services) line(`  ${file}  :${port}`);
  for (const file of lesson.read ?? []) line(`  ${file}`);
  if (await hasScript(`exercise:${lesson.number}`))
    line(say('lesson.exercise', { script: `exercise:${lesson.number}` }));
}

/**
 * While the learner looks around: if a backend that was found on this machine ends, one of our own takes over. One that
 * was named, or that is only slow, is waited for. Never resolves.
 */
async function lookAfter(
  backends: Promise<Backend>[],
  options: RunOptions,
  { traceIds }: Reported,
): Promise<never> {
  const { screen, directory } = options;
  const { say } = screen;
  let toldSlow = false;
  let triedOwn = false;
  for (;;) {
    await delay(LOOK_AFTER_BACKEND_MS, undefined, { ref: false });
    const { query, found } = (await backends.at(-1)) as Backend;
    const failure = await query.services().then(
      () => undefined,
      (error: unknown) => (error instanceof QueryApiError ? error : undefined),
    );
    if (failure === undefined) {
      toldSlow = false;
      triedOwn = false;
      continue;
    }
    const { reason } = failure;
    if (!found || reason !== 'ECONNREFUSED') {
      // Whatever else a program that is just ending answers with.
      if (found && failure.code === 'unreachable') continue;
      if (!toldSlow) screen.line(say('backend.slow', { url: query.url, reason }));
      toldSlow = true;
      continue;
    }
    if (triedOwn) continue;
    triedOwn = true;
    screen.line();
    screen.line(say('backend.goneStaying', { url: query.url, reason, directory }));
    const starting = startOwn(options);
    backends.push(starting);
    try {
      const own = await starting;
      screen.line(say('backend.takenOver', { url: own.query.url, directory }));
      for (const traceId of traceIds)
        if (await own.query.trace(traceId))
          screen.line(say('lesson.link', { url: own.query.traceLink(traceId) }));
    } catch (error) {
      // The lesson stays, with the services that still run, and looks whether the other one comes back.
      if (!(error instanceof LessonError || error instanceof QueryApiError)) throw error;
      if (!(await started(starting))) backends.splice(backends.indexOf(starting), 1);
      screen.error(error instanceof LessonError ? error.tell(say) : error.message);
    }
  }
}

function started(backend: Promise<Backend>): Promise<boolean> {
  return backend.then(
    () => true,
    () => false,
  );
}

async function hasScript(name: string): Promise<boolean> {
  const { scripts } = JSON.parse(await readFile(join(CHECKOUT, 'package.json'), 'utf8'));
  return name in scripts;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseTraceId } from '@spoor/model';
import { agentText, agentVariables } from './agent-address.ts';
import { agentOf, type Backend, type BackendOptions, findBackend, startOwn } from './backend.ts';
import { compareTrace, type Finding } from './expected-trace.ts';
import { findingText } from './finding-text.ts';
import { requireFreePort } from './free-port.ts';
import { type ServiceProcess, startService } from './harness/service-process.ts';
import { LessonError, reasonOf } from './lesson-error.ts';
import { CHECKOUT, type Lesson } from './lesson-manifest.ts';
import type { ObservedTrace } from './observed-trace.ts';
import { NotQuery, type QueryApi, Unreachable } from './query-api.ts';
import type { Screen } from './screen.ts';
import { tracePicture } from './trace-picture.ts';

export interface RunOptions extends BackendOptions {
  /** End when the trace has been shown, instead of staying until Ctrl-C. */
  readonly once: boolean;
  readonly screen: Screen;
  /** Resolves when the learner wants it to end. */
  readonly interrupted: Promise<unknown>;
  /** Takes each process that was started, for an end by force. */
  readonly onStarted: (service: ServiceProcess) => void;
}

/** What is known of the spans from the lines that the logging reporter prints. */
interface Reported {
  count: number;
  /** Of the first service's last span. */
  traceId: string | undefined;
}

const REQUEST_MS = 30_000;
/** From the answer to the last span in the store: a reporter flushes once a second. */
const ARRIVE_MS = 6000;
const ASK_EVERY_MS = 50;
const LOOK_AFTER_BACKEND_MS = 1000;
const INTERRUPTED_EXIT_CODE = 130;

/**
 * Runs a lesson's finished program against a backend, shows the trace it leaves, and gives the exit code: 0 if the
 * trace arrived as the lesson tells it, 1 if not, 130 if interrupted before. Throws a `LessonError` for what kept it
 * from getting that far. In every case nothing that it started is left running.
 */
export async function runLesson(lesson: Lesson, options: RunOptions): Promise<number> {
  const { screen, interrupted } = options;
  for (const { port, name } of lesson.services)
    await requireFreePort(port, (say) => say('port.purpose.service', { service: name }));

  screen.line(
    screen.paint(
      'dim',
      screen.say('lesson.starting', {
        services: lesson.services.map(({ name }) => name).join(', '),
      }),
    ),
  );
  const reported: Reported = { count: 0, traceId: undefined };
  const services = startServices(lesson, options, reported);
  const backends: Promise<Backend>[] = [findBackend(options)];
  try {
    const died = Promise.race(services.map((service) => service.died));
    const left = interrupted.then(() => undefined);
    const whole = await Promise.race([
      left,
      died,
      showTrace(lesson, options, services, backends, reported),
    ]);
    if (whole === undefined) {
      screen.error(screen.say('lesson.interrupted'));
      return INTERRUPTED_EXIT_CODE;
    }
    if (!options.once) {
      screen.line();
      screen.line(screen.paint('dim', screen.say('lesson.stay')));
      await Promise.race([left, died, lookAfter(backends, options, reported)]);
      screen.line();
      screen.line(screen.paint('dim', screen.say('lesson.leaving')));
    }
    return whole ? 0 : 1;
  } finally {
    // First the services, which may still have spans to send, then what takes them.
    await Promise.all(services.map((service) => service.stop()));
    for (const backend of backends)
      await backend.then(
        (found) => found.close(),
        () => {},
      );
  }
}

function startServices(lesson: Lesson, options: RunOptions, reported: Reported): ServiceProcess[] {
  const { screen } = options;
  const width = Math.max(...lesson.services.map(({ name }) => name.length));
  const env = agentVariables(agentOf(options));
  return lesson.services.map(({ name, file, port }, at) => {
    const prefix = screen.paint(at === 0 ? 'cyan' : 'yellow', `${name.padEnd(width)} |`);
    const service = startService({
      name,
      file,
      port,
      env,
      onLine(line) {
        screen.line(`${prefix} ${line}`);
        const id = /Reporting span ([0-9a-f]{1,32}):/.exec(line)?.[1];
        if (id === undefined) return;
        reported.count++;
        if (at === 0) reported.traceId = parseTraceId(id);
      },
    });
    options.onStarted(service);
    return service;
  });
}

/** Fires the request and shows what came of it. True if the trace is whole. */
async function showTrace(
  lesson: Lesson,
  options: RunOptions,
  services: readonly ServiceProcess[],
  backends: readonly Promise<Backend>[],
  reported: Reported,
): Promise<boolean> {
  const { screen } = options;
  const { say } = screen;
  const [backend] = (await Promise.all([
    backends[0],
    ...services.map((service) => service.listening()),
  ])) as [Backend];
  screen.line();
  screen.line(backendLine(backend, options));
  screen.line(say('lesson.request', { url: lesson.request }));
  screen.line(await request(lesson.request, services, screen));

  const arrived = await arrival(lesson, backend.query, reported);
  if (arrived.trace === undefined) {
    if (reported.count === 0) throw new LessonError((tell) => tell('trace.unreported'));
    const facts = {
      seconds: ARRIVE_MS / 1000,
      reported: reported.count,
      agent: agentText(backend.agent),
      url: backend.query.url,
    };
    throw new LessonError((tell) => tell('trace.none', facts));
  }
  screen.line();
  screen.line(tracePicture(arrived.trace, { say, paint: screen.paint, width: screen.width() }));
  screen.line();
  tellVerdict(arrived.findings, lesson, screen);
  screen.line();
  screen.line(say('lesson.link', { url: backend.query.traceLink(arrived.trace.traceId) }));
  screen.line(say('lesson.read'));
  for (const { file, port } of lesson.services) screen.line(`  ${file}  :${port}`);
  if (await hasScript(`exercise:${lesson.number}`))
    screen.line(say('lesson.exercise', { script: `exercise:${lesson.number}` }));
  return arrived.findings.length === 0;
}

function backendLine({ query: { url }, roundTripMs }: Backend, options: RunOptions): string {
  const { say } = options.screen;
  return roundTripMs === undefined
    ? say('lesson.started', { url, directory: options.directory })
    : say('lesson.attached', { url, millis: roundTripMs });
}

function tellVerdict(findings: readonly Finding[], lesson: Lesson, screen: Screen): void {
  const { say, paint } = screen;
  if (findings.length === 0) {
    const spans = lesson.expected.spans.length;
    screen.line(`${paint('green', '✓')} ${say('trace.whole', { spans })}`);
    return;
  }
  screen.error(say('trace.broken', { count: findings.length }));
  for (const finding of findings) screen.error(`  ${findingText(finding, say)}`);
}

/** The answer in words. A failure is the fault of a service that died, if one did. */
async function request(
  url: string,
  services: readonly ServiceProcess[],
  { say }: Screen,
): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) });
    const { status } = answer;
    const body = (await answer.text()).trim();
    if (!answer.ok) throw new LessonError((tell) => tell('request.status', { url, status, body }));
    return say('lesson.answer', { status, body });
  } catch (error) {
    await Promise.race([delay(500), ...services.map((service) => service.died)]);
    if (error instanceof LessonError) throw error;
    const reason = reasonOf(error);
    throw new LessonError((tell) => tell('request.failed', { url, reason }), { cause: error });
  }
}

interface Arrival {
  readonly trace: ObservedTrace | undefined;
  readonly findings: readonly Finding[];
}

/** Asks until the trace is whole; after a while gives what is there. */
async function arrival(lesson: Lesson, query: QueryApi, reported: Reported): Promise<Arrival> {
  const deadline = performance.now() + ARRIVE_MS;
  let latest: Arrival = { trace: undefined, findings: [] };
  while (performance.now() < deadline) {
    const trace = reported.traceId && (await traceOrGone(query, reported.traceId));
    if (trace) {
      latest = { trace, findings: compareTrace(lesson.expected, trace.spans) };
      if (latest.findings.length === 0) break;
    }
    await delay(ASK_EVERY_MS);
  }
  return latest;
}

async function traceOrGone(query: QueryApi, traceId: string): Promise<ObservedTrace | undefined> {
  try {
    return await query.trace(traceId);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof NotQuery)) throw error;
    const facts = { url: query.url, reason: error.message };
    throw new LessonError((say) => say('backend.gone', facts), { cause: error });
  }
}

/** While the learner looks around: if a backend that was not ours goes away, one of our own takes over. Never resolves. */
async function lookAfter(
  backends: Promise<Backend>[],
  options: RunOptions,
  reported: Reported,
): Promise<never> {
  const { screen, directory } = options;
  for (;;) {
    await delay(LOOK_AFTER_BACKEND_MS, undefined, { ref: false });
    const { query } = (await backends.at(-1)) as Backend;
    const reason = await query.services().then(
      () => undefined,
      (error: unknown) => (error instanceof Unreachable ? error.message : undefined),
    );
    if (reason === undefined) continue;
    screen.line();
    screen.line(screen.say('backend.goneStaying', { url: query.url, reason }));
    backends.push(startOwn(options));
    const own = (await backends.at(-1)) as Backend;
    screen.line(screen.say('backend.takenOver', { url: own.query.url, directory }));
    if (reported.traceId && (await own.query.trace(reported.traceId)))
      screen.line(screen.say('lesson.link', { url: own.query.traceLink(reported.traceId) }));
  }
}

async function hasScript(name: string): Promise<boolean> {
  const { scripts } = JSON.parse(await readFile(join(CHECKOUT, 'package.json'), 'utf8'));
  return name in scripts;
}

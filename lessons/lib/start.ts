import { allInOneFlags, allInOneOptions, startAllInOne } from '@spoor/all-in-one';
import {
  createLogger,
  DEFAULT_HOST,
  onInterruption,
  PortHeldError,
  parseFlags,
  TextRequested,
} from '@spoor/platform';
import { askedHost, urlOf } from './asked-host.ts';
import type { Backend } from './backend.ts';
import { demoTraceIn, writeDemoTrace } from './demo-trace.ts';
import { doctorTable } from './doctor.ts';
import { errorText } from './error-text.ts';
import { languageFlag } from './flags.ts';
import { holderOf, isFree } from './free-port.ts';
import { chooseLanguage, speaker } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';
import { loadLessons } from './lesson-manifest.ts';
import { heldPortError, USUAL_PORTS } from './port-table.ts';
import { queryApi } from './query-api.ts';
import { type Screen, screen } from './screen.ts';
import { startLessonsServer } from './server/lessons-server.ts';
import { judging } from './workshop/judge-learner.ts';
import { learnerFolders } from './workshop/learner-folders.ts';

/** Until the demo trace can be read; on an idle machine it takes some hundredths of a second. */
const DEMO_WITHIN_MS = 5000;
/** A stack that runs already answers at once. */
const RUNNING_WITHIN_MS = 2000;

// `npm start`: the stack with its UI, what its ports do, and a first trace to look at.
const { interrupted } = onInterruption(() => process.exit(130));
// Until the flags are read, the locale decides.
let out = screen(speaker(chooseLanguage(undefined, process.env)));
try {
  const flags = await parseFlags({
    component: 'start',
    summary: out.say('help.start'),
    flags: { ...allInOneFlags, lang: languageFlag(out.say('help.lang')) },
  });
  out = { ...out, say: speaker(chooseLanguage(flags.lang, process.env)) };
  await run(flags, out);
} catch (error) {
  if (error instanceof TextRequested) out.line(error.text);
  else {
    out.error(errorText(error, 'start', out.say));
    process.exitCode = 1;
  }
}
process.exit();

async function run(
  flags: Parameters<typeof allInOneOptions>[0],
  { line, say, paint, error }: Screen,
): Promise<void> {
  const options = allInOneOptions(flags);
  const hosts = options.hosts ?? {};
  const queryAt = (port: number) => urlOf(hosts.queryHttp, port, options.query?.basePath);
  const queryPort = options.ports?.queryHttp ?? USUAL_PORTS.queryHttp;
  await refuseIfRunning(askedHost(hosts.queryHttp), queryPort, queryAt(queryPort));
  const lessons = await loadLessons();
  const running = withResolvers<Pick<Backend, 'query' | 'agent'>>();
  const server = await startLessonsServer({
    lessons,
    ...judging(learnerFolders(), () => running.promise),
    onBroken: (broken) => error(say('progress.broken', { ...broken })),
  });
  const stack = await startAllInOne({
    ...options,
    query: { ...options.query, additionalRoutes: [server.route] },
    logger: createLogger({ name: 'start', level: 'error' }),
  }).catch(async (cause: unknown) => {
    await server.close();
    if (!(cause instanceof PortHeldError)) throw cause;
    throw heldPortError(cause, options.ports ?? {}, 'port.purpose.movable');
  });
  try {
    const query = queryApi(queryAt(stack.ports.queryHttp));
    const agent = { host: askedHost(hosts.agentCompact), port: stack.ports.agentCompact };
    running.resolve({ query, agent });
    const stored = await demoTraceIn(query);
    const demo = stored ?? (await writeDemoTrace(agent, query, DEMO_WITHIN_MS));
    // Since the process began: what somebody waits for who typed the command.
    const seconds = (performance.now() / 1000).toFixed(1);

    line(paint('bold', say('start.heading')));
    line();
    for (const row of await doctorTable(stack.ports, hosts, lessons, say)) line(`  ${row}`);
    line();
    if (demo === undefined)
      error(say('start.demoLost', { port: agent.port, seconds: DEMO_WITHIN_MS / 1000 }));
    else {
      const url = query.traceLink(demo);
      line(stored ? say('start.demoThere', { url }) : say('start.demoWritten', { url }));
    }
    line(say('start.ui', { url: query.url }));
    line(say('start.lessons', { url: `${query.url}/learn` }));
    line(say('start.ready', { seconds, directory: flags['embedded.directory'] }));
    line(say('start.next'));
    line();
    line(paint('dim', say('start.stay')));
    await interrupted;
    line();
    line(paint('dim', say('lesson.leaving')));
  } finally {
    // First the event streams, which the query service would wait for.
    await server.close();
    await stack.close();
  }
}

/** A second `npm start` hears of the first one, and not of whichever port was tried first. */
async function refuseIfRunning(host: string, port: number, queryUrl: string): Promise<void> {
  if (port === 0 || (await isFree(port, 'tcp', host === DEFAULT_HOST ? undefined : [host]))) return;
  const { url, services } = queryApi(queryUrl, RUNNING_WITHIN_MS);
  const runs = await services().then(
    () => true,
    () => false,
  );
  if (!runs) return;
  const holder = await holderOf(port, 'tcp');
  throw new LessonError((say) => say('start.alreadyRuns', { url, holder: holder(say) }));
}

/** `Promise.withResolvers`, which Node 20 has not. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

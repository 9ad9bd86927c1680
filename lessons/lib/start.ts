import { allInOneFlags, allInOneOptions, startAllInOne } from '@spoor/all-in-one';
import {
  createLogger,
  onInterruption,
  PortHeldError,
  parseFlags,
  TextRequested,
  textFlag,
  UserError,
} from '@spoor/platform';
import { demoTraceIn, writeDemoTrace } from './demo-trace.ts';
import { doctorTable } from './doctor.ts';
import { holderOf, isFree } from './free-port.ts';
import { chooseLanguage, type Say, speaker } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';
import { loadLessons } from './lesson-manifest.ts';
import { heldPortError, USUAL_PORTS } from './port-table.ts';
import { queryApi } from './query-api.ts';
import { type Screen, screen } from './screen.ts';

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
    flags: { ...allInOneFlags, lang: textFlag('', out.say('help.lang')) },
  });
  out = { ...out, say: speaker(chooseLanguage(flags.lang, process.env)) };
  await run(flags, out);
} catch (error) {
  if (error instanceof TextRequested) out.line(error.text);
  else {
    out.error(reasonText(error, out.say));
    process.exitCode = 1;
  }
}
process.exit();

async function run(
  flags: Parameters<typeof allInOneOptions>[0],
  { line, say, paint, error }: Screen,
): Promise<void> {
  const options = allInOneOptions(flags);
  await refuseIfRunning(options.ports?.queryHttp ?? USUAL_PORTS.queryHttp);
  const stack = await startAllInOne({
    ...options,
    logger: createLogger({ name: 'start', level: 'error' }),
  }).catch((cause: unknown) => {
    if (!(cause instanceof PortHeldError)) throw cause;
    throw heldPortError(cause, options.ports ?? {}, 'port.purpose.movable');
  });
  try {
    // The name by which people know this machine.
    const query = queryApi(stack.queryUrl.replace('//127.0.0.1:', '//localhost:'));
    const agent = { host: '127.0.0.1', port: stack.ports.agentCompact };
    const stored = await demoTraceIn(query);
    const demo = stored ?? (await writeDemoTrace(agent, query, DEMO_WITHIN_MS));
    // Since the process began: what somebody waits for who typed the command.
    const seconds = (performance.now() / 1000).toFixed(1);

    line(paint('bold', say('start.heading')));
    line();
    for (const row of await doctorTable(stack.ports, await loadLessons(), say)) line(`  ${row}`);
    line();
    if (demo === undefined)
      error(say('start.demoLost', { port: agent.port, seconds: DEMO_WITHIN_MS / 1000 }));
    else {
      const url = query.traceLink(demo);
      line(stored ? say('start.demoThere', { url }) : say('start.demoWritten', { url }));
    }
    line(say('start.ui', { url: query.url }));
    line(say('start.ready', { seconds, directory: flags['embedded.directory'] }));
    line(say('start.next'));
    line();
    line(paint('dim', say('start.stay')));
    await interrupted;
    line();
    line(paint('dim', say('lesson.leaving')));
  } finally {
    await stack.close();
  }
}

/** A second `npm start` hears of the first one, and not of whichever port was tried first. */
async function refuseIfRunning(port: number): Promise<void> {
  if (port === 0 || (await isFree(port))) return;
  const { url, services } = queryApi(`http://localhost:${port}`, RUNNING_WITHIN_MS);
  const runs = await services().then(
    () => true,
    () => false,
  );
  if (!runs) return;
  const holder = await holderOf(port, 'tcp');
  throw new LessonError((say) => say('start.alreadyRuns', { url, holder: holder(say) }));
}

function reasonText(error: unknown, say: Say): string {
  if (error instanceof LessonError) return error.tell(say);
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return error instanceof UserError ? reason : say('error.unexpected', { reason });
}

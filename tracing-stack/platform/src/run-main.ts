import { setTimeout as sleep } from 'node:timers/promises';
import { closeDeadline } from './close-deadline.ts';
import { TextRequested } from './flags.ts';
import { onInterruption, type SignalSource } from './interruption.ts';

/** What a program starts and, at a signal, closes. */
export interface Closeable {
  /** Waits for others until the deadline at most; a few seconds unless given. Rejects if something may be lost. */
  close(deadline?: AbortSignal): Promise<void>;
}

/** The parts of the process that `runMain` uses; the real ones unless given. */
export interface MainProcess extends SignalSource, MainOutput {
  readonly pid: number;
  kill(pid: number, signal: 'SIGKILL'): unknown;
  /** What the event loop and its threads work on. */
  getActiveResourcesInfo(): readonly string[];
}

/** Where a program says how it ended. */
export interface MainOutput {
  exit(code: number): unknown;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Then a stopped program is gone, whatever hangs: sooner than Supervisor, who waits for 5 seconds, has to kill it. */
const END_WITHIN_MS = 4500;

/** How often to look whether threads are done. */
const LOOK_MS = 20;

/**
 * Runs a program: starts it, closes it at SIGINT, SIGTERM or SIGHUP (a second signal ends it at once), and turns an error that
 * somebody can put right into one line on standard error and exit code 1. The only place that ends the process. `start` is
 * handed what resolves at the first signal.
 */
export async function runMain(
  component: string,
  start: (interrupted: Promise<unknown>) => Promise<Closeable>,
  main: MainProcess = process,
  now: () => number = Date.now,
): Promise<void> {
  const { interrupted } = onInterruption(() => breakOff(main), main, now);
  let late: NodeJS.Timeout | undefined;
  const endSoon = () => {
    late ??= setTimeout(() => giveUp(component, main), END_WITHIN_MS);
  };
  // Also while it starts, which may be what hangs.
  const stopping = interrupted.then(() => {
    endSoon();
    return closeDeadline();
  });
  let code = 0;
  try {
    const running = await start(interrupted);
    await running.close(await stopping);
  } catch (error) {
    code = tell(component, error, main);
    endSoon();
  }
  await threadsDone(main);
  clearTimeout(late);
  main.exit(code);
}

function giveUp(component: string, main: MainProcess): void {
  main.stderr.write(`[${component}] did not stop within ${END_WITHIN_MS / 1000} s\n`);
  breakOff(main);
}

function breakOff(main: MainProcess): void {
  if (threadsWork(main)) main.kill(main.pid, 'SIGKILL');
  main.exit(1);
}

/**
 * Whether a thread reads a file or looks up a name. Node waits for these threads when the process exits, for ever if one
 * hangs.
 */
function threadsWork(main: MainProcess): boolean {
  return main.getActiveResourcesInfo().some((name) => /^(FSReq|GetAddrInfo)/.test(name));
}

async function threadsDone(main: MainProcess): Promise<void> {
  while (threadsWork(main)) await sleep(LOOK_MS);
}

/** Ends the process with what `error` says: the text that somebody asked for, or one line for each error. */
export function endWith(component: string, error: unknown, main: MainOutput = process): void {
  main.exit(tell(component, error, main));
}

/** Gives the exit code. */
function tell(component: string, error: unknown, main: MainOutput): number {
  if (error instanceof TextRequested) {
    main.stdout.write(`${error.text}\n`);
    return 0;
  }
  for (const one of errorsIn(error)) main.stderr.write(`${errorLine(component, one)}\n`);
  return 1;
}

/** Those of one that stands for several. */
function errorsIn(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(errorsIn) : [error];
}

/** Whether nobody but us can put it right, or something of it. */
export function isDefect(error: unknown): boolean {
  return errorsIn(error).some((one) => !hasCode(one));
}

/** A code of ours or of the system. */
function hasCode(error: unknown): boolean {
  const code = error instanceof Error && (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' && !code.startsWith('ERR_');
}

/** One line for an error that carries a code of ours or of the system; anything else is a defect and keeps its stack. */
export function errorLine(component: string, error: unknown): string {
  if (!(error instanceof Error)) return `[${component}] ${String(error)}`;
  if (!hasCode(error)) return `[${component}] unexpected: ${error.stack ?? error.message}`;
  const [line = ''] = error.message.split('\n');
  return line.startsWith('[') ? line : `[${component}] ${line}`;
}

import { TextRequested } from './flags.ts';
import { onInterruption, type SignalSource } from './interruption.ts';

/** What a program starts and, at a signal, closes. */
export interface Closeable {
  close(): Promise<void>;
}

/** The parts of the process that `runMain` uses; the real ones unless given. */
export interface MainProcess extends SignalSource, MainOutput {}

/** Where a program says how it ended. */
export interface MainOutput {
  exit(code: number): unknown;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Within this a stopped program has delivered what it holds and is gone. */
const CLOSE_WITHIN_MS = 5000;

/**
 * Runs a program: starts it, closes it at SIGINT, SIGTERM or SIGHUP (a second signal ends it at once), and turns an error that
 * somebody can put right into one line on standard error and exit code 1. The only place that ends the process.
 */
export async function runMain(
  component: string,
  start: () => Promise<Closeable>,
  main: MainProcess = process,
  now: () => number = Date.now,
): Promise<void> {
  const { interrupted } = onInterruption(() => main.exit(1), main, now);
  try {
    const running = await start();
    await interrupted;
    const late = setTimeout(() => {
      main.stderr.write(`[${component}] did not stop within ${CLOSE_WITHIN_MS / 1000} s\n`);
      main.exit(1);
    }, CLOSE_WITHIN_MS);
    await running.close();
    clearTimeout(late);
    main.exit(0);
  } catch (error) {
    endWith(component, error, main);
  }
}

/** Ends the process with what `error` says: the text that somebody asked for, or one line. */
export function endWith(component: string, error: unknown, main: MainOutput = process): void {
  if (error instanceof TextRequested) {
    main.stdout.write(`${error.text}\n`);
    main.exit(0);
    return;
  }
  main.stderr.write(`${errorLine(component, error)}\n`);
  main.exit(1);
}

/** One line for an error that carries a code of ours or of the system; anything else is a defect and keeps its stack. */
export function errorLine(component: string, error: unknown): string {
  if (!(error instanceof Error)) return `[${component}] ${String(error)}`;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || code.startsWith('ERR_')) {
    return `[${component}] unexpected: ${error.stack ?? error.message}`;
  }
  const [line = ''] = error.message.split('\n');
  return line.startsWith('[') ? line : `[${component}] ${line}`;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Say } from '../i18n/messages.ts';

export interface ProcessCommand {
  /** Path of the program's source. */
  readonly file: string;
  /** What it finds on its command line. */
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes each line that it prints, on standard output or standard error. */
  readonly onLine: (line: string) => void;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The line in which it said why; empty if it did not. */
  readonly error: string;
}

/** One of a lesson's programs, running. */
export interface LessonProcess {
  readonly pid: number | undefined;
  /** Resolves when the process has ended by itself and all that it printed was taken; never after `stop`. */
  readonly ended: Promise<Ending>;
  /** SIGTERM, and SIGKILL if that was not enough. Resolves once the process is gone. */
  stop(): Promise<void>;
  kill(): void;
}

/** Longer than the requests under way: the lesson sleeps three seconds. */
const STOP_WITHIN_MS = 5000;

/** Of what a dying program prints: the line with the message, not the stack below it nor the log above it. */
const TELLS_ERROR = /^(?!\s+at ).*(error|can't|cannot|failed|in use)/i;
/** Of the logger that Jaeger's clients use. */
const TIMESTAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /;

const LEAVE_WITH_PARENT = new URL('leave-with-parent.ts', import.meta.url).href;

/** Starts one of a lesson's programs as a process of its own. */
export function startProcess(command: ProcessCommand): LessonProcess {
  const { file, args = [] } = command;
  const imports = ['--import', 'tsx', '--import', LEAVE_WITH_PARENT];
  const child = spawn(process.execPath, [...imports, file, ...args], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stopping = false;
  let error = '';
  const printed = [
    eachLine(child.stdout, command.onLine),
    eachLine(child.stderr, (line) => {
      if (TELLS_ERROR.test(line)) error = line.replace(TIMESTAMP, '').trim();
      command.onLine(line);
    }),
  ];
  const gone = exitOf(child);
  const ended = gone.then(async (exit) => {
    await Promise.all(printed);
    return stopping ? new Promise<never>(() => {}) : { ...exit, error };
  });

  return {
    pid: child.pid,
    ended,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await gone;
      clearTimeout(force);
      await Promise.all(printed);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** `exit code 1: ERROR: can't init jaeger`, `signal SIGKILL`. */
export function endingText({ code, signal, error }: Ending, say: Say): string {
  const how =
    signal === null ? say('process.exit', { code: code ?? 0 }) : say('process.signal', { signal });
  return error ? `${how}: ${error}` : how;
}

function exitOf(child: ChildProcess): Promise<Pick<Ending, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // The program could not be started at all; its reason is on no stream.
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

async function eachLine(
  stream: NodeJS.ReadableStream | null,
  take: (line: string) => void,
): Promise<void> {
  if (stream === null) return;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
    take(line);
}

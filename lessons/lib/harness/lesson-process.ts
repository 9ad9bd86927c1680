import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
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
  /** Modules that are loaded before its own, beside those that every program needs. */
  readonly imports?: readonly string[];
  /** Take each line that it writes to its descriptors 3, 4 and so on, which are pipes. */
  readonly pipes?: readonly ((line: string) => void)[];
  /** The root of the checkout if not given. */
  readonly cwd?: string;
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
  /** Resolves when the process has ended in whatever way, and all that it printed was taken. */
  readonly gone: Promise<Ending>;
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

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const LEAVE_WITH_PARENT = new URL('leave-with-parent.ts', import.meta.url).href;

/** Starts one of a lesson's programs as a process of its own. */
export function startProcess(command: ProcessCommand): LessonProcess {
  const { file, args = [], imports = [], pipes = [] } = command;
  const modules = ['tsx', LEAVE_WITH_PARENT, ...imports].flatMap((each) => ['--import', each]);
  const child = spawn(process.execPath, [...modules, file, ...args], {
    cwd: command.cwd ?? CHECKOUT,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe', ...pipes.map(() => 'pipe' as const), 'ipc'],
  });
  let stopping = false;
  let error = '';
  const printed = [
    eachLine(child.stdout, command.onLine),
    eachLine(child.stderr, (line) => {
      if (TELLS_ERROR.test(line)) error = line.replace(TIMESTAMP, '').trim();
      command.onLine(line);
    }),
    ...pipes.map((take, at) => eachLine(child.stdio[3 + at] as Readable | null, take)),
  ];
  const exited = exitOf(child);
  const gone = exited.then(async (exit) => {
    await Promise.all(printed);
    return { ...exit, error };
  });
  const ended = gone.then((ending) => (stopping ? new Promise<never>(() => {}) : ending));

  return {
    pid: child.pid,
    ended,
    gone,
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exited;
      clearTimeout(force);
      await gone;
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

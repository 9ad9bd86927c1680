import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Say } from '../i18n/messages.ts';
import { LOG_TIMESTAMP } from './log-timestamp.ts';

export interface ProcessCommand {
  /** Path of the program's source. */
  readonly file: string;
  /** What it finds on its command line. */
  readonly args?: readonly string[];
  /** Added to the environment of this process; `undefined` takes the variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes each line that it prints, on standard output or standard error. */
  readonly onLine: (line: string) => void;
  /** Modules that are loaded before its own, beside those that every program needs. */
  readonly imports?: readonly string[];
  /** Until it resolves the program is loaded, but does not run yet; never, if it rejects. */
  readonly until?: Promise<unknown> | undefined;
  /** Take each line that it writes to its descriptors 3, 4 and so on, which are pipes. */
  readonly pipes?: readonly ((line: string) => void)[];
  /** The root of the checkout if not given. */
  readonly cwd?: string;
  /** How time passes until an end by force; by the clock if not given. Ends early when `signal` is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
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
  /**
   * Resolves when the process has ended by itself and all that it printed was taken; never after `stop`. What it
   * started itself ends with it.
   */
  readonly ended: Promise<Ending>;
  /** Resolves when the process has ended in whatever way, and all that it printed was taken. */
  readonly gone: Promise<Ending>;
  /** SIGTERM, and SIGKILL if that was not enough. Resolves once the process is gone. */
  stop(): Promise<void>;
  kill(): void;
}

/** Longer than the requests under way: the lesson sleeps three seconds. */
const STOP_WITHIN_MS = 5000;

/** What a process printed before its end is there by then; who printed later is not asked. */
const DRAIN_LOOKS = 10;
const DRAIN_LOOK_MS = 20;

/** Of what a dying program prints: the line with the message, not the stack below it nor the log above it. */
const TELLS_ERROR = /^(?!\s+at ).*(error|can't|cannot|failed|in use)/i;

/** Of processes; a terminal's Ctrl-C goes to ours alone, which stops them. */
const HAS_GROUPS = process.platform !== 'win32';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));
const AWAIT_WORD = new URL('await-word.ts', import.meta.url).href;
const LEAVE_WITH_PARENT = new URL('leave-with-parent.ts', import.meta.url).href;

/** Starts one of a lesson's programs as a process of its own. */
export function startProcess(command: ProcessCommand): LessonProcess {
  const { file, args = [], imports = [], pipes = [], wait = byTheClock, until } = command;
  const last = until ? [AWAIT_WORD] : [];
  const modules = ['tsx', LEAVE_WITH_PARENT, ...imports, ...last].flatMap((each) => [
    '--import',
    each,
  ]);
  const child = spawn(process.execPath, [...modules, file, ...args], {
    cwd: command.cwd ?? CHECKOUT,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe', ...pipes.map(() => 'pipe' as const), 'ipc'],
    // The leader of a group, by which what it starts can be ended with it.
    detached: HAS_GROUPS,
  });
  const go = () => {
    if (child.connected) child.send('go', () => {});
  };
  // Why there is no reason to run it is told by whoever gave the promise.
  void until?.then(go, () => {});
  let stopping = false;
  let error = '';
  let lines = 0;
  const streams = [child.stdout, child.stderr, ...child.stdio.slice(3, 3 + pipes.length)];
  const takers = [
    command.onLine,
    (line: string) => {
      if (TELLS_ERROR.test(line)) error = line.replace(LOG_TIMESTAMP, '').trim();
      command.onLine(line);
    },
    ...pipes,
  ];
  const reading = new AbortController();
  const printed = streams.map((stream, at) =>
    eachLine(stream as Readable | null, reading.signal, (line) => {
      lines++;
      takers[at]?.(line);
    }),
  );
  const exited = exitOf(child);
  const gone = exited.then(async (exit) => {
    endGroup(child.pid);
    const all = Promise.all(printed);
    await Promise.race([all, drained(() => lines)]);
    // Whoever left the group may still hold them open.
    reading.abort();
    for (const stream of streams) (stream as Readable | null)?.destroy();
    await all;
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
      const over = new AbortController();
      void wait(STOP_WITHIN_MS, over.signal).then(() => {
        if (!over.signal.aborted) child.kill('SIGKILL');
      });
      await exited;
      over.abort();
      await gone;
    },
    kill: () => child.kill('SIGKILL'),
  };
}

/** The processes that a program has started and left behind. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined || !HAS_GROUPS) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // There are none.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Resolves when no more lines come: each look is a turn in which waiting input would have been read. */
async function drained(count: () => number): Promise<void> {
  for (let [looks, before] = [0, count()]; looks < DRAIN_LOOKS; looks++) {
    await delay(DRAIN_LOOK_MS);
    await turn();
    if (count() === before) continue;
    before = count();
    looks = 0;
  }
}

async function byTheClock(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error) => {
    if (!signal.aborted) throw error;
  });
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
  stream: Readable | null,
  signal: AbortSignal,
  take: (line: string) => void,
): Promise<void> {
  if (stream === null) return;
  const crlfDelay = Number.POSITIVE_INFINITY;
  for await (const line of createInterface({ input: stream, crlfDelay, signal })) take(line);
}

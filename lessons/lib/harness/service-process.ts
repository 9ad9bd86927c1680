import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { LessonError } from '../lesson-error.ts';

export interface ServiceCommand {
  /** The prefix of its lines: `http-client`. */
  readonly name: string;
  /** Path of the program's source. */
  readonly file: string;
  readonly port: number;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes each line that it prints, on standard output or standard error. */
  readonly onLine: (line: string) => void;
}

export interface ServiceProcess {
  readonly pid: number | undefined;
  /** Resolves once its port takes connections. */
  listening(): Promise<void>;
  /** Never resolves; rejects with a `LessonError` if the process ends before `stop`. */
  readonly died: Promise<never>;
  /** SIGTERM, and SIGKILL if that was not enough. Resolves once the process is gone. */
  stop(): Promise<void>;
  kill(): void;
}

const CONNECT_EVERY_MS = 25;
const LISTEN_WITHIN_MS = 60_000;
/** Longer than the requests under way: the lesson sleeps three seconds. */
const STOP_WITHIN_MS = 5000;

/** Of what a dying program prints: the line with the message, not the stack below it nor the log above it. */
const TELLS_ERROR = /^(?!\s+at ).*(error|can't|cannot|failed|in use)/i;

const LEAVE_WITH_PARENT = new URL('leave-with-parent.ts', import.meta.url).href;

/** Starts one of a lesson's programs as a process of its own. */
export function startService(command: ServiceCommand): ServiceProcess {
  const args = ['--import', 'tsx', '--import', LEAVE_WITH_PARENT, command.file];
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stopping = false;
  let lastError = '';
  const printed = [
    eachLine(child.stdout, command.onLine),
    eachLine(child.stderr, (line) => {
      if (TELLS_ERROR.test(line)) lastError = line.trim();
      command.onLine(line);
    }),
  ];

  const gone = ended(child);
  const died = gone.then(async (how) => {
    await Promise.all(printed);
    if (stopping) return new Promise<never>(() => {});
    throw new LessonError((say) =>
      say('service.died', {
        service: command.name,
        how:
          how.signal === null
            ? say('service.exit', { code: how.code ?? 0 })
            : say('service.signal', { signal: how.signal }),
        line: lastError && `: ${lastError}`,
      }),
    );
  });
  // Whoever waits for it hears of it; a death that comes while nobody waits is no unhandled rejection.
  died.catch(() => {});

  return {
    pid: child.pid,
    died,
    listening: () => Promise.race([died, listening(command.name, command.port)]),
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

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function ended(child: ChildProcess): Promise<Ending> {
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

async function listening(service: string, port: number): Promise<void> {
  const deadline = Date.now() + LISTEN_WITHIN_MS;
  while (!(await answers(port))) {
    if (Date.now() > deadline)
      throw new LessonError((say) =>
        say('service.notListening', { service, port, seconds: LISTEN_WITHIN_MS / 1000 }),
      );
    await new Promise((resolve) => setTimeout(resolve, CONNECT_EVERY_MS));
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: 'localhost', port, autoSelectFamily: true });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

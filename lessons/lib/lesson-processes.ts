import { parseTraceId } from '@spoor/model';
import { type Ending, type LessonProcess, startProcess } from './harness/lesson-process.ts';
import { type ServiceProcess, startService } from './harness/service-process.ts';
import { type Lesson, type LessonProgram, programOf } from './lesson-manifest.ts';
import type { Screen } from './screen.ts';
import type { Colour } from './terminal-text.ts';

/** What is known of the spans from the lines that the logging reporter prints. */
export interface Reported {
  /** Spans, of all processes. */
  readonly count: number;
  /** Of the spans of the process that the lesson begins in, in the order in which it first reported them. */
  readonly traceIds: readonly string[];
}

/** The processes of a lesson under way. Their lines go to the screen, prefixed with their names. */
export interface LessonProcesses {
  /** Those that were started here. */
  readonly services: readonly ServiceProcess[];
  /** Whether the services ran already; what these report is not seen here. */
  readonly ranAlready: boolean;
  readonly reported: Reported;
  /** Adds a trace that was found otherwise. */
  noteTrace(traceId: string): void;
  /** Starts a program and resolves when it has ended by itself. */
  run(program: LessonProgram, args: readonly string[]): Promise<Ending>;
  stop(): Promise<void>;
}

export interface ProcessesOptions {
  /** The services run already: none is started. */
  readonly ranAlready: boolean;
  readonly screen: Screen;
  /** Added to the environment of each. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes each process that was started, for an end by force. */
  readonly onStarted: (process: LessonProcess) => void;
}

const COLOURS: readonly Colour[] = ['cyan', 'yellow'];

/** Starts the services of a lesson, unless they run. */
export function startServices(lesson: Lesson, options: ProcessesOptions): LessonProcesses {
  const { screen, env, onStarted, ranAlready } = options;
  const program = programOf(lesson);
  // In the order in which a request meets them.
  const names = [...(program ? [program] : []), ...lesson.services].map(({ name }) => name);
  const width = Math.max(...names.map((name) => name.length));
  const started: LessonProcess[] = [];
  const traceIds = new Set<string>();
  let count = 0;
  let stopping = false;

  function lineTaker(name: string): (line: string) => void {
    const at = names.indexOf(name);
    const colour = COLOURS[at % COLOURS.length] as Colour;
    const prefix = screen.paint(colour, `${name.padEnd(width)} |`);
    return (line) => {
      screen.line(`${prefix} ${line}`);
      const id = /Reporting span ([0-9a-f]{1,32}):/.exec(line)?.[1];
      if (id === undefined) return;
      count++;
      const traceId = parseTraceId(id);
      if (at === 0 && traceId) traceIds.add(traceId);
    };
  }

  function remembered<Process extends LessonProcess>(process: Process): Process {
    started.push(process);
    onStarted(process);
    return process;
  }

  return {
    ranAlready,
    services: (ranAlready ? [] : lesson.services).map(({ name, file, port }) =>
      remembered(startService({ name, file, port, env, onLine: lineTaker(name) })),
    ),
    get reported() {
      return { count, traceIds: [...traceIds] };
    },
    noteTrace: (traceId) => void traceIds.add(traceId),
    async run({ name, file }, args) {
      // The learner may have left while the services were still starting.
      if (stopping) return new Promise<never>(() => {});
      return remembered(startProcess({ file, args, env, onLine: lineTaker(name) })).ended;
    },
    async stop() {
      stopping = true;
      await Promise.all(started.map((process) => process.stop()));
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import type { CountersLine } from '@spoor/client';
import { COUNTERS_FD_VARIABLE } from '@spoor/client';
import { parseTraceId } from '@spoor/model';
import { type Ending, type LessonProcess, startProcess } from '../harness/lesson-process.ts';
import { openPace, type Pace } from '../harness/pace.ts';
import { type SentBatch, sentBatch } from '../harness/sent-batch.ts';
import { takesConnections } from '../harness/takes-connections.ts';
import { isTapped, TAP_FD_VARIABLE, type TapEvent, type Tapped } from '../harness/tap-event.ts';

/** One of the learner's programs, as a check starts it. */
export interface Program {
  /** By which messages call it: `http-client`. */
  readonly name: string;
  /** Path of its source; relative to the learner's folder. */
  readonly file: string;
  readonly args?: readonly string[];
  /** The port on which it must listen, if it is a service. */
  readonly port?: number;
  /** Without the tap in it: a program of ours that starts more spans than anybody would read. */
  readonly untapped?: boolean;
  /** Added to its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that are loaded before its own code, after the tap. */
  readonly imports?: readonly string[];
}

/** One of the learner's programs, running or ended, and the evidence it left. Everything here grows while it runs. */
export interface Run {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly port: number | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** True once its port takes connections; false if it ended before, listens elsewhere, or not in time. */
  listening(): Promise<boolean>;
  /** Resolves when it has ended in whatever way, and everything that it told was taken. */
  readonly ended: Promise<Ending>;
  /** How it ended; `undefined` while it runs. */
  readonly ending: Ending | undefined;
  /** It was ended by the judge since it did not end by itself. */
  readonly hung: boolean;
  /** Resolves with its ending. One that prints and does nothing any more for a while is ended, and `hung`. */
  finish(): Promise<Ending>;
  /** SIGTERM, then force. */
  stop(): Promise<void>;
  /** What it printed, on both streams. */
  readonly lines: readonly string[];
  /** Of each of its tracers, if they are ours; complete after its end. */
  readonly counters: readonly CountersLine[];
  readonly tap: readonly TapEvent[];
  /** Resolves with the first event that matches, of those that are there and those to come; `undefined` if none came. */
  tapped<Type extends TapEvent['type']>(
    type: Type,
    matches?: (event: Tapped<Type>) => boolean,
    withinMs?: number,
  ): Promise<Tapped<Type> | undefined>;
  /** Spans that were seen leaving. */
  readonly sent: readonly SentBatch[];
  /** Of its tracers, as far as they are known: process tag `client-uuid`. */
  readonly clientUuids: ReadonlySet<string>;
  /** Of its spans, as far as they are known, the first one first. */
  readonly traceIds: ReadonlySet<string>;
}

const TAP = new URL('../harness/tap.ts', import.meta.url).href;
const CONNECT_EVERY_MS = 10;
const LISTEN_WITHIN_MS = 20_000;
/** For a program that listens, but not where it should. */
const LISTEN_ELSEWHERE_MS = 1000;
/** A program that neither prints nor traces anything for so long hangs. Longer than the lessons' sleeps unscaled. */
const SILENT_MS = 6000;
/** Also for one that prints all the time. Ample for a lesson that sleeps unscaled. */
const FINISH_WITHIN_MS = 25_000;
const LOAD_WITHIN_MS = 10_000;
const FINISH_LOOK_MS = 50;

export interface StartOptions {
  readonly program: Program;
  /** Absolute. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly silentMs?: number | undefined;
  /** What it needs before it may run; it is loaded meanwhile. Whoever waits for the program hears of a rejection. */
  readonly ready?: Promise<unknown> | undefined;
  /** By which all patience is measured. */
  readonly pace?: Pace;
  readonly onLine?: ((name: string, line: string) => void) | undefined;
}

/** Starts one of the learner's programs, with the tap in it. */
export function startRun(options: StartOptions): Run {
  const { program, file, env, onLine, silentMs = SILENT_MS, pace = openPace(), ready } = options;
  const { name, port } = program;
  const startedAt = Date.now();
  const lines: string[] = [];
  const counters: CountersLine[] = [];
  const tap: TapEvent[] = [];
  const sent: SentBatch[] = [];
  const clientUuids = new Set<string>();
  const traceIds = new Set<string>();
  const listeners = new Set<() => void>();
  let spawned = pace.now();
  let lastSign = spawned;
  let ending: Ending | undefined;
  let hung = false;

  function note(event: TapEvent): void {
    tap.push(event);
    if ('clientUuid' in event && event.clientUuid) clientUuids.add(event.clientUuid);
    if (event.type === 'report') traceIds.add(normalTraceId(event.traceId));
    if (event.type === 'datagram' || event.type === 'post') {
      const batch = sentBatch(event);
      if (batch) sent.push(batch);
      for (const span of batch?.spans ?? []) {
        traceIds.add(span.traceId);
        const uuid = span.process.tags.find(({ key }) => key === 'client-uuid')?.value;
        if (uuid !== undefined) clientUuids.add(String(uuid));
      }
    }
    for (const listener of listeners) listener();
  }

  const until = ready?.then(() => {
    // All that it may take is counted from here.
    spawned = pace.now();
    lastSign = spawned;
  });
  const process: LessonProcess = startProcess({
    file,
    until,
    args: program.args ?? [],
    env: { ...env, ...program.env, [COUNTERS_FD_VARIABLE]: '3', [TAP_FD_VARIABLE]: '4' },
    imports: [...(program.untapped ? [] : [TAP]), ...(program.imports ?? [])],
    wait: (ms, signal) => pace.after(ms, signal),
    onLine(line) {
      lastSign = pace.now();
      lines.push(line);
      const reported = /Reporting span ([0-9a-f]{1,32}):/.exec(line)?.[1];
      if (reported) traceIds.add(normalTraceId(reported));
      onLine?.(name, line);
    },
    pipes: [
      (line) => {
        const each = parsed<CountersLine>(line);
        if (!each) return;
        counters.push(each);
        clientUuids.add(each.clientUuid);
      },
      (line) => {
        lastSign = pace.now();
        const event = parsed<TapEvent>(line);
        if (event) note(event);
      },
    ],
  });
  if (process.pid !== undefined) pace.watch(process.pid);
  const ended = process.gone.then((how) => {
    ending = how;
    for (const listener of listeners) listener();
    return how;
  });

  function tapped<Type extends TapEvent['type']>(
    type: Type,
    matches: (event: Tapped<Type>) => boolean = () => true,
    withinMs = 0,
  ): Promise<Tapped<Type> | undefined> {
    const find = () => tap.filter((event) => isTapped(event, type)).find((event) => matches(event));
    const already = find();
    if (already || ending || withinMs === 0) return Promise.resolve(already);
    return new Promise((resolve) => {
      const over = new AbortController();
      const done = (event: Tapped<Type> | undefined) => {
        over.abort();
        listeners.delete(look);
        resolve(event);
      };
      const look = () => {
        const event = find();
        if (event || ending) done(event);
      };
      listeners.add(look);
      void pace.after(withinMs, over.signal).then(() => done(undefined));
    });
  }

  return {
    name,
    file,
    port,
    startedAt,
    lines,
    counters,
    tap,
    sent,
    clientUuids,
    traceIds,
    ended,
    tapped,
    get ending() {
      return ending;
    },
    get hung() {
      return hung;
    },
    async listening() {
      if (port === undefined) throw new Error(`${name} has no port to listen on`);
      await Promise.race([until, ended]);
      const over = new AbortController();
      let late = false;
      void pace.after(LISTEN_WITHIN_MS, over.signal).then(() => {
        late = true;
      });
      let isElsewhere = false;
      while (!ending && !late) {
        if (await takesConnections(port)) {
          over.abort();
          return true;
        }
        if (!isElsewhere && tap.some((event) => event.type === 'listen')) {
          isElsewhere = true;
          void pace.after(LISTEN_ELSEWHERE_MS, over.signal).then(() => {
            late = true;
          });
        }
        await delay(CONNECT_EVERY_MS);
      }
      over.abort();
      return false;
    },
    async finish() {
      await Promise.race([until, ended]);
      const began = pace.now();
      let isGone = false;
      const gone = ended.then(() => {
        isGone = true;
      });
      while (!isGone && !hung) {
        await Promise.race([gone, pace.after(FINISH_LOOK_MS)]);
        // Until the first sign it is being compiled and loaded.
        const patience = lastSign > spawned ? silentMs : silentMs + LOAD_WITHIN_MS;
        const now = pace.now();
        if (isGone || (now - lastSign < patience && now - began < FINISH_WITHIN_MS)) continue;
        hung = true;
        void process.stop();
      }
      return ended;
    },
    stop: () => {
      // It would wait for its requests, and they for it.
      if (tap.at(-1)?.type === 'stuck') process.kill();
      return process.stop();
    },
  };
}

function normalTraceId(text: string): string {
  return parseTraceId(text) ?? text;
}

function parsed<Value>(line: string): Value | undefined {
  try {
    return JSON.parse(line) as Value;
  } catch {
    // A program that was killed in the middle of a line.
    return undefined;
  }
}

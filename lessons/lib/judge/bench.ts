// The learner's programs, running, and what is known of them.
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ObservedTrace } from '@spoor/analysis';
import { TIME_SCALE_VARIABLE } from '@spoor/client';
import { type AgentAddress, agentVariables } from '../agent-address.ts';
import { requireFreePort } from '../free-port.ts';
import { openPace } from '../harness/pace.ts';
import { isTapped } from '../harness/tap-event.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { type QueryApi, QueryApiError } from '../query-api.ts';
import { CheckInterrupted } from './check-interrupted.ts';
import { expectedNames } from './expected-names.ts';
import { type Program, type Run, startRun } from './run.ts';

/** Where a lesson's check runs the learner's programs. */
export interface Bench {
  readonly lesson: Lesson;
  /** The folder of the learner's programs. Absolute. */
  readonly folder: string;
  /** The last step that is judged: `3.2`. */
  readonly step: string;
  /** Of the programs' `sleep`s. */
  readonly scale: number;
  readonly query: QueryApi;
  /** The agent that the programs are told of. */
  readonly agent: AgentAddress;
  /**
   * Starts one of the learner's programs. Throws a `LessonError` if somebody else holds its port, and `CheckInterrupted`
   * after `close`.
   */
  start(program: Program): Promise<Run>;
  /** The traces of these runs and of nobody else, the one that began first first; waits until they are whole. */
  tracesOf(...runs: readonly Run[]): Promise<ObservedTrace[]>;
  /** Milliseconds of the pace at which the programs get on: on a busy machine they last longer. Ends early with the bench. */
  wait(ms: number, until?: AbortSignal): Promise<void>;
  /** Gives back what is closed with the bench: a stub's port must be free for the next judgement. */
  owns<Closeable extends { close(): unknown }>(closeable: Closeable): Closeable;
  /** Ends all that was started, and every wait. */
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly lesson: Lesson;
  readonly folder: string;
  readonly step: string;
  readonly query: QueryApi;
  readonly agent: AgentAddress;
  /** Resolves when there is a backend at these; programs are loaded before, and run after it. */
  readonly ready?: Promise<unknown> | undefined;
  readonly scale?: number | undefined;
  /** Added to the environment of each program. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds without a sign of life after which a program hangs. */
  readonly silentMs?: number | undefined;
  readonly onLine?: ((name: string, line: string) => void) | undefined;
}

export const CHECK_TIME_SCALE = 0.1;
const ASK_EVERY_MS = 15;
/** Nothing new for so long: what is not there by then was lost. The same where spans were seen leaving, and where not. */
const QUIET_MS = 3000;
const QUIET_NOTHING_SENT_MS = 150;
const ARRIVE_WITHIN_MS = 15_000;
/** Services do not end by themselves; who looks for their spans does not wait a second for them. */
const SERVICE_FLUSH_MS = 50;
/** A backend that is slow to answer is asked so often at least before what is not there counts as lost. */
const QUIET_ASKED = 20;

export function openBench(options: BenchOptions): Bench {
  const { lesson, folder, step, query, agent, scale = CHECK_TIME_SCALE } = options;
  const runs: Run[] = [];
  const owned = new Set<{ close(): unknown }>();
  const closing = new AbortController();
  const pace = openPace();
  // A program that makes traces all the time makes more than could be asked for each time.
  const whole = new Map<string, ObservedTrace>();
  const wanted = expectedNames(lesson.expected);
  const requireOpen = () => {
    if (closing.signal.aborted) throw new CheckInterrupted();
  };
  const ofEvery = {
    ...agentVariables(agent),
    // What the learner's shell says of Jaeger is no part of the lesson. Absent and not empty: `??` tells the two apart.
    JAEGER_ENDPOINT: undefined,
    [TIME_SCALE_VARIABLE]: String(scale),
    ...options.env,
  };
  return {
    lesson,
    folder,
    step,
    scale,
    query,
    agent,
    async start(program) {
      requireOpen();
      const { port, name } = program;
      if (port !== undefined)
        await requireFreePort(port, (say) => say('port.purpose.service', { service: name }));
      requireOpen();
      const flush: Record<string, string> =
        port === undefined ? {} : { JAEGER_REPORTER_FLUSH_INTERVAL: `${SERVICE_FLUSH_MS}` };
      const run = startRun({
        program,
        file: resolve(folder, program.file),
        env: { ...ofEvery, ...flush },
        silentMs: options.silentMs,
        pace,
        ready: options.ready,
        onLine: options.onLine,
      });
      runs.push(run);
      return run;
    },
    async tracesOf(...of) {
      const traces = await tracesOf(of, query, { wanted, whole }, { now: pace.now, wait });
      requireOpen();
      return traces;
    },
    wait,
    owns(closeable) {
      owned.add(closeable);
      // Opened while the bench was being closed.
      if (closing.signal.aborted) void closeable.close();
      return closeable;
    },
    async close() {
      closing.abort();
      await Promise.all([
        ...runs.map((run) => run.stop()),
        ...[...owned].map((each) => each.close()),
      ]);
    },
  };

  function wait(ms: number, until?: AbortSignal): Promise<void> {
    const { signal } = closing;
    return pace.after(ms, until ? AbortSignal.any([signal, until]) : signal);
  }
}

interface ComingSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly operationName: string;
}

/** Spans of a run that can still arrive, or have, by id. What waits in a living tracer will come. */
function comingSpans(run: Run): Map<string, ComingSpan> {
  const sent = run.sent.flatMap(({ spans }) => spans);
  const coming = new Map<string, ComingSpan>(sent.map((span) => [span.spanId, span]));
  if (run.ending !== undefined) return coming;
  // What is finished is reported at once, though the tap may tell of it a moment later.
  for (const span of run.tap.filter((event) => isTapped(event, 'finish')))
    if (span.sampled) coming.set(span.spanId, span);
  for (const { traceId, spanId } of run.tap.filter((event) => isTapped(event, 'report')))
    if (!coming.has(spanId)) coming.set(spanId, { traceId, spanId, operationName: '' });
  return coming;
}

/** How time passes for the programs. */
interface Time {
  now(): number;
  /** Ends early when nobody waits any more. */
  wait(ms: number, until: AbortSignal): Promise<void>;
}

async function tracesOf(
  runs: readonly Run[],
  query: QueryApi,
  { wanted, whole }: { wanted: ReadonlySet<string>; whole: Map<string, ObservedTrace> },
  { now, wait }: Time,
): Promise<ObservedTrace[]> {
  const done = new AbortController();
  let isLate = false;
  void wait(ARRIVE_WITHIN_MS, done.signal).then(() => {
    isLate = true;
  });
  // What a program does on the side while it is asked about need not be waited for: there is no end to it.
  const awaited = new Set(runs.flatMap((run) => [...comingSpans(run).keys()]));
  let lastNews = now();
  let asked = 0;
  let before = '';
  for (;;) {
    const ids = new Set(runs.flatMap(({ traceIds }) => [...traceIds]));
    const known = runs.flatMap((run) => [...comingSpans(run).values()]);
    const open = [...ids].filter((id) => !isWhole(whole.get(id), known));
    await Promise.all(
      open.map(async (id) => {
        const trace = await query.trace(id).catch((error) => {
          // A busy machine; it is asked again.
          if (error instanceof QueryApiError && error.code === 'timeout' && !isLate)
            return undefined;
          throw error;
        });
        if (trace) whole.set(id, trace);
      }),
    );
    asked++;
    const mine = new Set(runs.flatMap(({ clientUuids }) => [...clientUuids]));
    const there = [...ids].flatMap((id) => whole.get(id) ?? []);
    const traces = [...new Map(there.map((trace) => [trace.traceId, trace])).values()].map(
      (trace) => onlyOf(trace, mine),
    );
    const came = new Set(traces.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)));
    const coming = runs.flatMap((run) => [...comingSpans(run).values()]);
    for (const { spanId, operationName } of coming)
      if (wanted.has(operationName)) awaited.add(spanId);
    const arrived = [...awaited].filter((spanId) => came.has(spanId)).length;
    const expected = awaited.size;
    const state = `${arrived}/${expected}`;
    if (state !== before) [lastNews, asked] = [now(), 0];
    before = state;
    const enough = expected > 0 && arrived >= expected;
    const [quiet, often] = expected > 0 ? [QUIET_MS, QUIET_ASKED] : [QUIET_NOTHING_SENT_MS, 2];
    const isQuiet = now() - lastNews > quiet && asked >= often;
    if (enough || isQuiet || isLate) {
      done.abort();
      return traces.filter(({ spans }) => spans.length > 0).sort((a, b) => startOf(a) - startOf(b));
    }
    await delay(ASK_EVERY_MS);
  }
}

/** Whether all that is known to come of a trace is in it. */
function isWhole(trace: ObservedTrace | undefined, coming: readonly ComingSpan[]): boolean {
  if (!trace) return false;
  const arrived = new Set(trace.spans.map(({ spanId }) => spanId));
  const own = coming.filter(({ traceId }) => traceId === trace.traceId);
  return own.length > 0 && own.every(({ spanId }) => arrived.has(spanId));
}

/** A probe's or another learner's spans may be in the same trace: they are left out. */
function onlyOf({ traceId, spans }: ObservedTrace, uuids: ReadonlySet<string>): ObservedTrace {
  const mine = spans.filter(({ processTags }) => {
    const uuid = processTags['client-uuid'];
    return uuid === undefined || uuids.has(String(uuid));
  });
  return { traceId, spans: mine };
}

function startOf({ spans }: ObservedTrace): number {
  return Math.min(...spans.map(({ startTime }) => startTime));
}

// The learner's programs, running, and what is known of them.
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TIME_SCALE_VARIABLE } from '@spoor/client';
import { type AgentAddress, agentVariables } from '../agent-address.ts';
import { requireFreePort } from '../free-port.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { ObservedTrace } from '../observed-trace.ts';
import type { QueryApi } from '../query-api.ts';
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
  /** Starts one of the learner's programs. Throws a `LessonError` if somebody else holds its port. */
  start(program: Program): Promise<Run>;
  /** The traces of these runs and of nobody else, the one that began first first; waits until they are whole. */
  tracesOf(...runs: readonly Run[]): Promise<ObservedTrace[]>;
  /** Ends all that was started. */
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly lesson: Lesson;
  readonly folder: string;
  readonly step: string;
  readonly query: QueryApi;
  readonly agent: AgentAddress;
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

export function openBench(options: BenchOptions): Bench {
  const { lesson, folder, step, query, agent, scale = CHECK_TIME_SCALE } = options;
  const runs: Run[] = [];
  const ofEvery = {
    ...agentVariables(agent),
    // What the learner's shell says of Jaeger is no part of the lesson.
    JAEGER_ENDPOINT: '',
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
      const { port, name } = program;
      if (port !== undefined)
        await requireFreePort(port, (say) => say('port.purpose.service', { service: name }));
      const flush: Record<string, string> =
        port === undefined ? {} : { JAEGER_REPORTER_FLUSH_INTERVAL: `${SERVICE_FLUSH_MS}` };
      const run = startRun({
        program,
        file: resolve(folder, program.file),
        env: { ...ofEvery, ...flush },
        silentMs: options.silentMs,
        onLine: options.onLine,
      });
      runs.push(run);
      return run;
    },
    tracesOf: (...of) => tracesOf(of, query),
    async close() {
      await Promise.all(runs.map((run) => run.stop()));
    },
  };
}

/** How many of the spans of a run can still arrive, or have. */
function expectedSpans(run: Run): number {
  const sent = run.sent.reduce((sum, { spans }) => sum + spans.length, 0);
  // What still waits in a living tracer will come.
  const reported = run.tap.filter(({ type }) => type === 'report').length;
  return run.ending === undefined ? Math.max(sent, reported) : sent;
}

async function tracesOf(runs: readonly Run[], query: QueryApi): Promise<ObservedTrace[]> {
  const whole = new Map<string, ObservedTrace>();
  const began = performance.now();
  let lastNews = began;
  let before = '';
  for (;;) {
    const ids = new Set(runs.flatMap(({ traceIds }) => [...traceIds]));
    const found = await Promise.all([...ids].map((id) => query.trace(id)));
    for (const trace of found) if (trace) whole.set(trace.traceId, trace);
    const mine = new Set(runs.flatMap(({ clientUuids }) => [...clientUuids]));
    const traces = [...whole.values()].map((trace) => onlyOf(trace, mine));
    const arrived = traces.reduce((sum, { spans }) => sum + spans.length, 0);
    const expected = runs.reduce((sum, run) => sum + expectedSpans(run), 0);
    const now = performance.now();
    const state = `${arrived}/${expected}`;
    if (state !== before) lastNews = now;
    before = state;
    const enough = expected > 0 && arrived >= expected;
    const quiet = expected > 0 ? QUIET_MS : QUIET_NOTHING_SENT_MS;
    if (enough || now - lastNews > quiet || now - began > ARRIVE_WITHIN_MS)
      return traces.filter(({ spans }) => spans.length > 0).sort((a, b) => startOf(a) - startOf(b));
    await delay(ASK_EVERY_MS);
  }
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

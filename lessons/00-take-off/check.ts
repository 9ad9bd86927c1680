import type { Bench } from '../lib/judge/bench.ts';
import type { Judgement, LessonCheck, StepFinding } from '../lib/judge/lesson-check.ts';
import { USUAL_PORTS } from '../lib/port-table.ts';
import { roundTrip } from '../lib/probe.ts';
import { readAnswers } from './answers-file.ts';
import { flightTraceId, sendFlightTrace } from './flight-trace.ts';
import { answersOf, isRight, QUESTIONS } from './questions.ts';

const ROUND_TRIP_MS = 5000;
const HEALTH_MS = 2000;
const STACK = '0.1';
const ANSWERS = '0.2';

/** Lesson 0: is the stack well, does a span come back through it, and what did the learner read off their trace? */
const check: LessonCheck = {
  async judge(bench) {
    const sick = await unhealthyPorts(bench);
    if (sick.length > 0) return { findings: sick, traceIds: [] };
    const { agent, query } = bench;
    const lost: StepFinding = { step: STACK, rule: 'L0-ROUNDTRIP', params: { port: agent.port } };
    if ((await roundTrip(agent, query, ROUND_TRIP_MS)) === undefined)
      return { findings: [lost], traceIds: [] };
    return bench.step === STACK ? { findings: [], traceIds: [] } : judgeAnswers(bench, lost);
  },
};

async function judgeAnswers(
  { folder, agent, query }: Bench,
  lost: StepFinding,
): Promise<Judgement> {
  const read = await readAnswers(folder);
  const traceIds = [flightTraceId(read.seed)];
  const trace = await sendFlightTrace(read.seed, agent, query);
  if (!trace) return { findings: [lost], traceIds };
  const asked = answersOf(trace);
  const findings = QUESTIONS.flatMap((question, at): StepFinding[] => {
    const actual = read.answers[question].trim();
    if (isRight(actual, question, asked)) return [];
    const missing = actual === '' && { variant: 'MISSING' };
    return [
      { step: ANSWERS, rule: 'L0-ANSWER', ...missing, params: { key: at + 1, question, actual } },
    ];
  });
  return { findings, traceIds };
}

/**
 * Ports of ours that say of themselves that they are not well. One that does not answer is none of these: another
 * backend has other ports, and whether it works the round trip tells.
 */
async function unhealthyPorts({ query }: Bench): Promise<StepFinding[]> {
  const { hostname, port } = new URL(query.url);
  if (Number(port) !== USUAL_PORTS.queryHttp) return [];
  const { agentAdmin, collectorAdmin, queryAdmin } = USUAL_PORTS;
  const answers = await Promise.all(
    [agentAdmin, collectorAdmin, queryAdmin].map(async (port): Promise<StepFinding[]> => {
      try {
        const signal = AbortSignal.timeout(HEALTH_MS);
        const { ok, status } = await fetch(`http://${hostname}:${port}/`, { signal });
        if (ok) return [];
        return [{ step: STACK, rule: 'L0-PORT', params: { port, error: `HTTP ${status}` } }];
      } catch {
        return [];
      }
    }),
  );
  return answers.flat();
}

export default check;

import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import { answerFindings } from '../lib/probes/answer-findings.ts';
import { echoFindings, extractFindings } from '../lib/probes/extracted-findings.ts';
import { joined } from '../lib/probes/joined.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { globalFinding } from './client-side.ts';
import { BAGGAGE, type PlayedCall, type PlayedCalls } from './probes.ts';

const SERVER_NAME = 'jaegerHttpService1Opname';
const ECHO_RULES = { hardcoded: 'L3-SRV-HARDCODED', missing: 'L3-SRV-BAGGAGE' } as const;

/** Whether the second service continues the trace of its caller, and shows the baggage that came along. */
export function serverFindings(service1: Run, { caller, seen }: PlayedCall): StepFinding[] {
  const unanswered = answerFindings(service1, seen.result);
  if (unanswered.length > 0) return unanswered.map((finding) => ({ ...finding, step: '3.3' }));
  const traces = tracesOf(service1, seen.traces);
  const received = { caller, traces, tap: seen.tapOf(service1), port: service1.port ?? 0 };
  const rules = { apart: 'L3-SRV-EXTRACT', follows: 'L3-SRV-REF' } as const;
  const extract = extractFindings(received, rules);
  if (extract.length > 0) return extract.map((finding) => ({ ...finding, step: '3.3' }));
  return echoFindings(received, SERVER_NAME, BAGGAGE, ECHO_RULES).map((finding) => ({
    ...finding,
    step: '3.4',
  }));
}

/** Whether what is right for one caller is right for several at once. */
export function serverAtOnceFindings(service1: Run, { callers, seen }: PlayedCalls): StepFinding[] {
  const traces = tracesOf(service1, seen.traces);
  const tap = seen.tapOf(service1);
  const isMixed = callers.some((caller) => {
    const received = { caller, traces, tap, port: service1.port ?? 0 };
    return (
      joined(caller, traces).kind !== 'child' ||
      echoFindings(received, SERVER_NAME, BAGGAGE, ECHO_RULES).length > 0
    );
  });
  return isMixed ? [{ ...globalFinding(service1), step: '3.5' }] : [];
}

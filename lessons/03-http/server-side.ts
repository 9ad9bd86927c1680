import type { ObservedTrace } from '@spoor/analysis';
import { atStep } from '../lib/judge/at-step.ts';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import { answerFindings } from '../lib/probes/answer-findings.ts';
import { echoFindings, extractFindings } from '../lib/probes/extracted-findings.ts';
import type { HttpAnswer } from '../lib/probes/http-request.ts';
import { isOneOf, joined } from '../lib/probes/joined.ts';
import { answers } from '../lib/probes/repeated.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { startedNone } from '../lib/probes/started-none.ts';
import type { Observation } from '../lib/probes/watch.ts';
import { globalFinding, twiceFindings } from './client-side.ts';
import { BAGGAGE, type PlayedCall, type PlayedCalls } from './probes.ts';
import { orderFindings } from './work-order.ts';

/** How long the second service works for its answer, unscaled. */
const WORK_MS = 2000;
const SERVER_NAME = 'jaegerHttpService1Opname';
const ECHO_RULES = { hardcoded: 'L3-SRV-HARDCODED', missing: 'L3-SRV-BAGGAGE' } as const;

/**
 * Whether the second service continues the trace of its caller, and shows the baggage that came along. `earlier` are the
 * traces of other callers.
 */
export function serverFindings(
  service1: Run,
  { caller, seen }: PlayedCall,
  scale: number,
  earlier: readonly ObservedTrace[],
): StepFinding[] {
  const unanswered = answerFindings(service1, seen.result);
  if (unanswered.length > 0) return unanswered.map((finding) => ({ ...finding, step: '3.3' }));
  const traces = tracesOf(service1, seen.traces);
  const received = { caller, traces, tap: seen.tapOf(service1), port: service1.port ?? 0 };
  const rules = { apart: 'L3-SRV-EXTRACT', follows: 'L3-SRV-REF' } as const;
  const extract = extractFindings(received, rules);
  if (
    joined(caller, traces).kind === 'apart' &&
    traces.some((each) => isOneOf(each.traceId, earlier))
  )
    return atStep('3.3', [globalFinding(service1, 'KEPT')]);
  if (extract.length > 0) return extract.map((finding) => ({ ...finding, step: '3.3' }));
  const twice = twiceFindings(SERVER_NAME, answers(caller, traces, SERVER_NAME), 1);
  const echo = echoFindings(received, SERVER_NAME, BAGGAGE, ECHO_RULES);
  return [
    ...atStep('3.3', orderFindings(received.tap, SERVER_NAME, { workMs: WORK_MS, scale })),
    ...atStep('3.3', twice),
    ...echo.map((finding) => ({ ...finding, step: '3.4' })),
  ];
}

/** Whether a caller without a trace is served as any other: it is answered, and its span is a root. */
export function untracedFindings(
  service1: Run,
  { result, tapOf }: Observation<HttpAnswer>,
): StepFinding[] {
  const { port = 0 } = service1;
  const [refused] = answerFindings(service1, result);
  const variant = refused ? 'REFUSED' : startedNone(service1, tapOf(service1)) && 'NO-ROOT';
  if (!variant) return [];
  const actual = refused?.params['error'] ?? 'no answer';
  return atStep('3.3', [{ rule: 'L3-SRV-EXTRACT', variant, params: { port, actual } }]);
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

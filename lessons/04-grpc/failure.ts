import { basename } from 'node:path';
import type { ObservedSpan } from '@spoor/analysis';
import { atStep } from '../lib/judge/at-step.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { deliveryFindings } from '../lib/judge/delivery-findings.ts';
import { expectedNames } from '../lib/judge/expected-names.ts';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { endFindings } from '../lib/probes/answer-findings.ts';
import { errorFindings } from '../lib/probes/error-findings.ts';
import { spansOf, tracesOf } from '../lib/probes/spans-of.ts';
import { finishedBy, keptBack } from './interceptors.ts';
import type { ClientCall, GrpcProbes } from './probes.ts';
import { onSide } from './sides.ts';

const STEP = '4.5';
const NAME = '/protos.Greeter/SayHello';

/** Whether both sides show that a call failed. */
export function failureFindings(
  { agent, lesson }: Bench,
  { server, services }: GrpcProbes,
  { run, seen }: ClientCall,
): StepFinding[] {
  const ended = endFindings(server);
  if (ended.length > 0) return atStep(STEP, ended);
  if (run.hung) {
    const hangs: Finding[] = [
      ...keptBack(server, 'server'),
      ...keptBack(run, 'client'),
      ...unansweredFindings(server),
      { rule: 'W-HANG', params: { file: `${run.name}.ts` } },
    ];
    return atStep(STEP, hangs.slice(0, 1));
  }
  // The one call that failed is the one whose span the program must not lose.
  const lost = deliveryFindings(run, tracesOf(run, seen.traces), {
    service: services.client,
    agent: { port: agent.port },
    names: expectedNames(lesson.expected),
  }).filter(({ rule }) => rule.startsWith('R-'));
  if (lost.length > 0) return atStep(STEP, lost);
  for (const [each, service] of [
    [run, services.client],
    [server, services.server],
  ] as const) {
    const span = callSpanOf(spansOf(each, seen.spans));
    const findings: Finding[] = span
      ? shownFindings(each, span)
      : [{ rule: 'X-ERROR', variant: 'UNFINISHED', params: { span: NAME } }];
    if (findings.length > 0)
      return atStep(
        STEP,
        findings.map((finding) => onSide(finding, service)),
      );
  }
  return [];
}

/** Whether the span shows that the call failed, and how. */
function shownFindings(run: Run, span: ObservedSpan): Finding[] {
  const findings = errorFindings(span, 'GRPC', run.tap);
  if (findings.length === 0) return ofCancelFindings(run, span);
  return findings.map((finding) => byWhom(finding, run, span));
}

/** What `boom` is answered with. */
const SENT = /boom|internal|\b13\b/i;
const CANCELLED = /cancel|\b1\b/i;

/** An error is shown, and it is the cancellation that comes after every call, not the status that was sent. */
function ofCancelFindings({ tap }: Run, { operationName, spanId, logs }: ObservedSpan): Finding[] {
  if (finishedBy(tap, spanId) !== 'cancel-heard') return [];
  const said = logs
    .filter(({ fields }) => fields['event'] === 'error')
    .flatMap(({ fields }) => Object.entries(fields).filter(([key]) => key !== 'event'))
    .map(([, value]) => String(value))
    .join(', ');
  if (SENT.test(said) || !CANCELLED.test(said)) return [];
  return [{ rule: 'X-ERROR', variant: 'CANCELLED', params: { span: operationName, actual: said } }];
}

/**
 * Why the span does not show what its status was: the method had finished it before that was known, or nothing does but
 * the cancellation that comes last.
 */
function byWhom(finding: Finding, { tap }: Run, { spanId }: ObservedSpan): Finding {
  const by = finishedBy(tap, spanId);
  if (by === 'cancel-heard') return { ...finding, variant: 'CANCEL' };
  return finding.variant === 'TOO-LATE' && by === 'method-called'
    ? { ...finding, variant: 'IN-METHOD' }
    : finding;
}

/** Called for the one name that it is to refuse, the method gave nothing. */
function unansweredFindings({ file, tap }: Run): Finding[] {
  const answers = tap.filter(({ type }) => type === 'method-answered').length;
  if (tap.filter(({ type }) => type === 'method-called').length <= answers) return [];
  return [{ rule: 'W-HANG', variant: 'FAILING', params: { file: basename(file) } }];
}

function callSpanOf(spans: readonly ObservedSpan[]): ObservedSpan | undefined {
  return (
    spans.find(({ tags }) => 'span.kind' in tags) ??
    spans.find(({ operationName }) => operationName.includes('SayHello')) ??
    spans[0]
  );
}

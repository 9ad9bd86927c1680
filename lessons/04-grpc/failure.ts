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
import { carriedContext } from '../lib/probes/carried-context.ts';
import { errorFindings } from '../lib/probes/error-findings.ts';
import type { StubbedGreeting } from '../lib/probes/grpc-stub.ts';
import { sameId } from '../lib/probes/joined.ts';
import { spansOf, tracesOf } from '../lib/probes/spans-of.ts';
import { finishedBy, keptBack } from './interceptors.ts';
import { type ClientCall, type GrpcProbes, OTHER_STATUS, type StubbedCall } from './probes.ts';
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
  if (lost.length > 0)
    return atStep(
      STEP,
      lost.map((finding) => byExit(finding, run)),
    );
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

/** Whether the client's span of a call shows that it ended with a status, whatever that was. */
export function statusFindings(
  { run, seen, calls, failed }: StubbedCall,
  service: string,
): StepFinding[] {
  const spans = spansOf(run, seen.spans);
  const sent = ({ metadata }: StubbedGreeting) => carriedContext(metadata)?.spanId;
  const answered = calls.map(sent);
  const isHidden = failed.some((call) => {
    const spanId = sent(call);
    // A client without an interceptor makes no span of the call that the judge has it make: it goes out as another did.
    if (answered.some((other) => sameId(other, spanId))) return false;
    const around = spanAndAbove(spanId, spans);
    return around.length > 0 && !around.some(showsError);
  });
  if (!isHidden) return [];
  const actual = `${OTHER_STATUS.code} ${OTHER_STATUS.name}`;
  const finding: Finding = {
    rule: 'X-ERROR',
    variant: 'OTHER-STATUS',
    params: { span: NAME, actual },
  };
  return atStep(STEP, [onSide(finding, service)]);
}

function showsError(span: ObservedSpan): boolean {
  return errorFindings(span, 'GRPC').length === 0;
}

/** A program may inject a span below that of the call. */
function spanAndAbove(spanId: string | undefined, spans: readonly ObservedSpan[]): ObservedSpan[] {
  const found: ObservedSpan[] = [];
  for (let id = spanId; id !== undefined; ) {
    const at: string = id;
    const span = spans.find((each) => sameId(each.spanId, at));
    if (!span || found.includes(span)) break;
    found.push(span);
    id = span.parentId;
  }
  return found;
}

/** Whether the span shows that the call failed, and how. */
function shownFindings(run: Run, span: ObservedSpan): Finding[] {
  const findings = errorFindings(span, 'GRPC', run.tap);
  if (findings.length === 0) return ofCancelFindings(run, span);
  return findings.map((finding) => byWhom(finding, run, span));
}

/** The program ended itself, on the one way on which it closes no tracer. */
function byExit(finding: Finding, { tap }: Run): Finding {
  const isSo =
    finding.rule === 'R-NOFLUSH' &&
    finding.variant === undefined &&
    tap.some(({ type }) => type === 'exit') &&
    !tap.some(({ type }) => type === 'close');
  return isSo ? { ...finding, variant: 'EXIT' } : finding;
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

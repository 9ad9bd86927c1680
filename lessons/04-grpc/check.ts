// The judge of lesson 4. It plays the server's caller, and the server that is called; then it looks at the trace.
import { judgeShape, type ObservedTrace, type ShapeFinding } from '@spoor/analysis';
import { type CallSide, isTapped } from '../lib/harness/tap-event.ts';
import { atStep } from '../lib/judge/at-step.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { deliveryFindings, deliveryWarnings } from '../lib/judge/delivery-findings.ts';
import { expectedNames } from '../lib/judge/expected-names.ts';
import { withLateWrites } from '../lib/judge/late-writes.ts';
import type { Judgement, LessonCheck, StepFinding } from '../lib/judge/lesson-check.ts';
import { withMiswritten } from '../lib/judge/miswritten.ts';
import { processFindings } from '../lib/judge/process-findings.ts';
import { RULE_IDS, type RuleId } from '../lib/judge/rule-ids.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { endFindings } from '../lib/probes/answer-findings.ts';
import { inventCaller } from '../lib/probes/caller.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { tracerFindings } from '../lib/probes/tracer-findings.ts';
import { callFindings, callsFindings, leftFindings } from './client-side.ts';
import { dueWarnings } from './due-warnings.ts';
import { failureFindings, statusFindings } from './failure.ts';
import {
  closedEarly,
  finishedBy,
  gaveNoCall,
  keptBack,
  noListener,
  whyNoSpan,
  whyUnheard,
} from './interceptors.ts';
import { BAGGAGE, type ClientCall, GrpcProbes } from './probes.ts';
import {
  cancelFindings,
  serverAtOnceFindings,
  serverFindings,
  untracedFindings,
} from './server-side.ts';
import { onSide } from './sides.ts';
import { stepOfFailure } from './step-of-failure.ts';
import { unexplained } from './unexplained.ts';

const check: LessonCheck = {
  async judge(bench) {
    const probes = await GrpcProbes.start(bench);
    const { findings: found, traceIds } = await look(bench, probes);
    const findings = found.filter((each) => !isWarning(each));
    const warnings = [
      ...dueWarnings(found.filter(isWarning), findings, bench.step).map(
        ({ step: _, ...finding }) => finding,
      ),
      ...probes.runs.flatMap((run) => {
        const { client, server } = probes.services;
        const service = run === probes.server ? server : client;
        return deliveryWarnings(run).map((warning) => onSide(warning, service));
      }),
    ];
    return { findings, warnings, traceIds };
  },
};
export default check;

/**
 * A trace cannot tell a method that did not find its span from one that has nothing to say, as the seed's has not. And a
 * server that traces every answer traces all that the lesson shows, though a call that was given up is lost to it.
 */
function isWarning({ rule }: Finding): boolean {
  return rule === 'L4-SRV-CONTEXT' || rule === 'L4-SRV-CANCEL';
}

/** Stops at what explains everything that comes after it. */
async function look(bench: Bench, probes: GrpcProbes): Promise<Judgement> {
  const { server, services } = probes;
  const listens = await server.listening();
  const started = processFindings(server, { listens, service: services.server });
  if (started.length > 0) return { findings: atStep('4.1', started), traceIds: [] };

  const plain = await probes.call();
  const traceIds = plain.seen.traces.map(({ traceId }) => traceId);
  const failed = await programFindings(probes, plain);
  if (failed.length > 0) {
    const stepOf = (finding: Finding) => stepOfFailure(finding, bench.step);
    return { findings: failed.flatMap((each) => atStep(stepOf(each), [each])), traceIds };
  }

  const traces: ObservedTrace[] = [...plain.seen.traces];
  const findings = [...undelivered(bench, probes, plain)];
  const isSound = (step: string) => !findings.some((finding) => finding.step === step);
  if (bench.step >= '4.5' && isSound('4.1') && isSound('4.3')) {
    const call = await probes.failedCall();
    traces.push(...call.seen.traces);
    findings.push(...failureFindings(bench, probes, call));
  }
  const played =
    bench.step >= '4.3' && isSound('4.3')
      ? {
          one: await probes.serverCalled(1),
          slow: await probes.serverCalledSlowly(),
          cancelled: await probes.serverCancelled(),
          several: await probes.serverCalled(3),
        }
      : undefined;
  // Last, for a server that knows no such caller may end of it.
  const isUp = played && endFindings(server).length === 0;
  const untraced = isUp ? await probes.serverCalledUntraced() : undefined;
  const refused = untraced ? untracedFindings(server, untraced) : [];
  const ended = refused.length > 0 ? [] : endFindings(server);
  findings.push(...atStep('4.3', ended));
  if (isSound('4.1')) {
    const left = inventCaller(Object.keys(BAGGAGE));
    const { call, withLeft } = await probes.clientAgainstStub(left);
    traces.push(...call.seen.traces);
    const sent = callFindings(call, services.client, server.port ?? 0);
    findings.push(...sent, ...callsFindings(withLeft, services.client, sent));
    findings.push(...leftFindings(withLeft, left));
    if (bench.step >= '4.5' && !findings.some(({ rule }) => rule === 'X-ERROR'))
      findings.push(...statusFindings(withLeft, services.client));
  } else await server.stop();
  if (played && ended.length === 0) {
    const one = serverFindings(server, services.server, played);
    traces.push(...played.one.seen.traces, ...played.several.seen.traces);
    const isRight = one.every(isWarning);
    findings.push(...one, ...(isRight ? serverAtOnceFindings(server, played.several) : []));
    if (isRight) findings.push(...refused);
    findings.push(...cancelFindings(server, services.server, played.cancelled));
  }
  for (const [run, step] of [
    [plain.run, '4.1'],
    [server, '4.3'],
  ] as const)
    findings.push(...atStep(step, tracerFindings(run, traces)));

  const { expected } = bench.lesson;
  const options = { serverReferenceRule: 'L4-SRV-REF', wentWell: true } as const;
  const shape = [
    ...judgeShape(expected, traces).filter(({ rule }) => rule === 'P-OPNAME'),
    ...judgeShape(expected, plain.seen.traces, options),
  ];
  const runs = [plain.run, server];
  const told = withMiswritten(withLateWrites(shape, runs), runs).map((finding) =>
    byCancel(finding, server),
  );
  const all = [...findings, ...unexplained(told, findings, services)];
  // A span that has ended shows no error any more.
  const isEarly = all.some(({ rule }) => rule === 'L4-CLI-EARLY' || rule === 'L4-SRV-EARLY');
  return { findings: inOrder(all.filter(({ rule }) => !isEarly || rule !== 'X-ERROR')), traceIds };
}

/** A cancellation comes after every answer: a span that nothing else finishes says of each call that it was given up. */
function byCancel(finding: ShapeFinding, { tap }: Run): ShapeFinding {
  const isSo =
    finding.rule === 'X-FALSE' && finishedBy(tap, finding.span?.spanId) === 'cancel-heard';
  return isSo ? { ...finding, variant: 'CANCEL' } : finding;
}

/** Whoever calls is not to blame if the one who is called does not answer. */
async function programFindings(probes: GrpcProbes, { run }: ClientCall): Promise<Finding[]> {
  const { server, services } = probes;
  const ended = endFindings(server);
  if (ended.length > 0) return firstOf(gaveNoCall(server, 'server'), ended);
  const findings = processFindings(run, { service: services.client });
  if (findings.length === 0) return [];
  const { answer } = await probes.plainCall();
  if (answer.kind === 'answered') return findings.flatMap((finding) => ofCall(finding, run));
  return serverFailure(server, answer);
}

/** What the client's interceptor can do to a call that the server answers when the judge makes it. */
function ofCall(finding: Finding, run: Run): Finding[] {
  const { tap, lines } = run;
  const isBroken = lines.some((line) => CONNECTION_BROKE.test(line));
  const wrote = tap.some((event) => isTapped(event, 'inject'));
  if (finding.rule === 'W-CRASH' && isBroken && wrote)
    return [{ rule: 'L4-CLI-INJECT', variant: 'BROKEN', params: { ...finding.params, port: '' } }];
  const named =
    finding.rule === 'W-HANG' ? keptBack(run, 'client') : noListener(run, finding.params['error']);
  return firstOf(gaveNoCall(run, 'client'), named, closedEarly(run), [finding]);
}

/** The first of these that says something. */
function firstOf(...several: readonly Finding[][]): Finding[] {
  return several.find(({ length }) => length > 0) ?? [];
}

const DEADLINE_EXCEEDED = 4;
/** What HTTP/2 makes of a header with a name that cannot be one. */
const CONNECTION_BROKE = /Connection dropped|ERR_HTTP2_INVALID|ERR_INVALID_(HTTP_TOKEN|CHAR)/;

function serverFailure(
  server: Run,
  { code, details }: { readonly code: number; readonly details: string },
): Finding[] {
  const file = `${server.name}.ts`;
  if (code === DEADLINE_EXCEEDED) {
    // The call came in, as its span shows; what became of it then, the tap has to know.
    const isTaken = server.tap.some((event) => isTapped(event, 'start'));
    const isCalled = server.tap.some((event) => isTapped(event, 'method-called'));
    const variant = isCalled ? 'METHOD' : isTaken ? 'HANDLER' : undefined;
    return firstOf(keptBack(server, 'server'), [
      { rule: 'W-HANG', ...(variant && { variant }), params: { file } },
    ]);
  }
  const isMisplaced = server.tap.some(
    (event) => isTapped(event, 'method-answered') && event.gave === 'other',
  );
  const variant = isMisplaced ? 'CALLBACK' : 'ANSWER';
  return [{ rule: 'W-CRASH', variant, params: { file, error: details } }];
}

/** A tracer that does nothing and no interceptor leave the same: no span. What the tap saw tells them apart. */
function undelivered(bench: Bench, probes: GrpcProbes, { run, seen }: ClientCall): StepFinding[] {
  const { server, services } = probes;
  const agent = { port: bench.agent.port };
  const names = expectedNames(bench.lesson.expected);
  const of = (each: Run, side: CallSide, rule: RuleId): Finding[] => {
    const service = services[side];
    return deliveryFindings(each, tracesOf(each, seen.traces), { service, agent, names }).map(
      (finding) => {
        const isNoop = each.tap.some(({ type }) => type === 'noop-start');
        if (finding.rule !== 'T-NOOP' || isNoop) return onSide(finding, service);
        const [wanted] = bench.lesson.expected.spans;
        const variant = whyNoSpan(each, side);
        const params = { ...finding.params, service, span: wanted?.name ?? '' };
        return { rule, ...(variant && { variant }), params };
      },
    );
  };
  const ofClient = of(run, 'client', 'L4-CLI-INTERCEPTOR').flatMap((finding) => {
    if (!/^(T-UNFINISHED|T-OUTLIVES|R-NOFLUSH|R-PARTIAL)$/.test(finding.rule)) return [finding];
    const variant = finding.rule === 'T-UNFINISHED' ? whyUnheard(run) : undefined;
    return firstOf(closedEarly(run), [{ ...finding, ...(variant && { variant }) }]);
  });
  return [...atStep('4.1', ofClient), ...atStep('4.3', of(server, 'server', 'L4-SRV-INTERCEPTOR'))];
}

function inOrder(findings: readonly StepFinding[]): StepFinding[] {
  return findings.toSorted((a, b) => RULE_IDS.indexOf(a.rule) - RULE_IDS.indexOf(b.rule));
}

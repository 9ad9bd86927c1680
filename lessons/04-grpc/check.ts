// The judge of lesson 4. It plays the server's caller, and the server that is called; then it looks at the trace.
import { judgeShape, type ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import { atStep } from '../lib/judge/at-step.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { deliveryFindings, deliveryWarnings } from '../lib/judge/delivery-findings.ts';
import { expectedNames } from '../lib/judge/expected-names.ts';
import { withLateWrites } from '../lib/judge/late-writes.ts';
import type { Judgement, LessonCheck, StepFinding } from '../lib/judge/lesson-check.ts';
import { processFindings } from '../lib/judge/process-findings.ts';
import { RULE_IDS, type RuleId } from '../lib/judge/rule-ids.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { endFindings } from '../lib/probes/answer-findings.ts';
import { inventCaller } from '../lib/probes/caller.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { tracerFindings } from '../lib/probes/tracer-findings.ts';
import { callFindings, callsFindings, leftFindings } from './client-side.ts';
import { failureFindings } from './failure.ts';
import { BAGGAGE, type ClientCall, GrpcProbes } from './probes.ts';
import { serverAtOnceFindings, serverFindings } from './server-side.ts';
import { onSide } from './sides.ts';
import { unexplained } from './unexplained.ts';

const check: LessonCheck = {
  async judge(bench) {
    const probes = await GrpcProbes.start(bench);
    const { findings, traceIds } = await look(bench, probes);
    const warnings = [
      ...findings.filter(isWarning).map(({ step: _, ...finding }) => finding),
      ...probes.runs.flatMap((run) => {
        const { client, server } = probes.services;
        const service = run === probes.server ? server : client;
        return deliveryWarnings(run).map((warning) => onSide(warning, service));
      }),
    ];
    return { findings: findings.filter((each) => !isWarning(each)), warnings, traceIds };
  },
};
export default check;

/** A trace cannot tell a method that did not find its span from one that has nothing to say, as the seed's has not. */
function isWarning({ rule }: Finding): boolean {
  return rule === 'L4-SRV-CONTEXT';
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
  if (failed.length > 0)
    return { findings: failed.flatMap((each) => atStep(stepOfFailure(each), [each])), traceIds };

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
      ? { one: await probes.serverCalled(1), several: await probes.serverCalled(3) }
      : undefined;
  const ended = endFindings(server);
  findings.push(...atStep('4.3', ended));
  if (isSound('4.1')) {
    const left = inventCaller(Object.keys(BAGGAGE));
    const { call, withLeft } = await probes.clientAgainstStub(left);
    traces.push(...call.seen.traces);
    const sent = callFindings(call, services.client, server.port ?? 0);
    findings.push(...sent, ...callsFindings(withLeft, services.client, sent));
    findings.push(...leftFindings(withLeft, left));
  } else await server.stop();
  if (played && ended.length === 0) {
    const one = serverFindings(server, services.server, played.one);
    traces.push(...played.one.seen.traces, ...played.several.seen.traces);
    findings.push(...one, ...(one.length > 0 ? [] : serverAtOnceFindings(server, played.several)));
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
    ...withLateWrites(judgeShape(expected, plain.seen.traces, options), [plain.run, server]),
  ];
  const all = [...findings, ...unexplained(shape, findings, services)];
  // A span that has ended shows no error any more.
  const isEarly = all.some(({ rule }) => rule === 'L4-CLI-EARLY' || rule === 'L4-SRV-EARLY');
  return { findings: inOrder(all.filter(({ rule }) => !isEarly || rule !== 'X-ERROR')), traceIds };
}

/** Whoever calls is not to blame if the one who is called does not answer. */
async function programFindings(probes: GrpcProbes, { run }: ClientCall): Promise<Finding[]> {
  const { server, services } = probes;
  const ended = endFindings(server);
  if (ended.length > 0) return ended;
  const findings = processFindings(run, { service: services.client });
  if (findings.length === 0) return [];
  const { answer } = await probes.plainCall();
  if (answer.kind === 'answered')
    return findings.map((finding) => ofCall(finding, run, answer.msg));
  return serverFailure(server, answer);
}

/** What the client's interceptor can do to a call that the server answers when the judge makes it. */
function ofCall(finding: Finding, { tap, lines }: Run, reply: string): Finding {
  const isOver = tap.some(
    (event) => isTapped(event, 'finish') && event.operationName.includes(METHOD),
  );
  // Who printed the reply has heard of it, and waits for something else.
  const isHeard = lines.some((line) => line.includes(reply));
  if (finding.rule === 'W-HANG' && isOver && !isHeard) return { ...finding, variant: 'STATUS' };
  const isBroken = lines.some((line) => CONNECTION_BROKE.test(line));
  const wrote = tap.some((event) => isTapped(event, 'inject'));
  if (finding.rule !== 'W-CRASH' || !isBroken || !wrote) return finding;
  return { rule: 'L4-CLI-INJECT', variant: 'BROKEN', params: { ...finding.params, port: '' } };
}

function stepOfFailure({ variant }: Finding): string {
  return variant === 'BROKEN' ? '4.2' : variant === 'HANDLER' ? '4.3' : '4.1';
}

const DEADLINE_EXCEEDED = 4;
const METHOD = 'SayHello';
/** What HTTP/2 makes of a header with a name that cannot be one. */
const CONNECTION_BROKE = /Connection dropped|ERR_HTTP2_INVALID|ERR_INVALID_(HTTP_TOKEN|CHAR)/;

function serverFailure(
  server: Run,
  { code, details }: { readonly code: number; readonly details: string },
): Finding[] {
  const file = `${server.name}.ts`;
  if (code === DEADLINE_EXCEEDED) {
    // The call came in, as its span shows, and the method did not hear of it.
    const isTaken = server.tap.some((event) => isTapped(event, 'start'));
    return [{ rule: 'W-HANG', ...(isTaken && { variant: 'HANDLER' }), params: { file } }];
  }
  return [{ rule: 'W-CRASH', variant: 'ANSWER', params: { file, error: details } }];
}

/** A tracer that does nothing and no interceptor leave the same: no span. What the tap saw tells them apart. */
function undelivered(bench: Bench, probes: GrpcProbes, { run, seen }: ClientCall): StepFinding[] {
  const { server, services } = probes;
  const agent = { port: bench.agent.port };
  const names = expectedNames(bench.lesson.expected);
  const of = (each: Run, service: string, interceptor: RuleId): Finding[] =>
    deliveryFindings(each, tracesOf(each, seen.traces), { service, agent, names }).map(
      (finding) => {
        const isNoop = each.tap.some(({ type }) => type === 'noop-start');
        if (finding.rule !== 'T-NOOP' || isNoop) return onSide(finding, service);
        const [wanted] = bench.lesson.expected.spans;
        const isCalled = each.tap.some((event) => isTapped(event, 'intercepted'));
        return {
          rule: interceptor,
          ...(isCalled && { variant: 'NOT-HANDED-ON' }),
          params: { ...finding.params, service, span: wanted?.name ?? '' },
        };
      },
    );
  return [
    ...atStep('4.1', of(run, services.client, 'L4-CLI-INTERCEPTOR')),
    ...atStep('4.3', of(server, services.server, 'L4-SRV-INTERCEPTOR')),
  ];
}

function inOrder(findings: readonly StepFinding[]): StepFinding[] {
  return findings.toSorted((a, b) => RULE_IDS.indexOf(a.rule) - RULE_IDS.indexOf(b.rule));
}

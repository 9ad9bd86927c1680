// The judge of lesson 3. It plays the caller of each service, and the service that is called; then it looks at the trace.
import { basename } from 'node:path';
import { judgeShape, type ObservedTrace, type ShapeFinding } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import { atStep } from '../lib/judge/at-step.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { deliveryFindings, deliveryWarnings } from '../lib/judge/delivery-findings.ts';
import { expectedNames, loggedNames } from '../lib/judge/expected-names.ts';
import { isSetLater } from '../lib/judge/global-tracer.ts';
import type { Judgement, LessonCheck, StepFinding } from '../lib/judge/lesson-check.ts';
import { processFindings } from '../lib/judge/process-findings.ts';
import { RULE_IDS } from '../lib/judge/rule-ids.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { worded } from '../lib/judge/worded.ts';
import { answerFindings, endFindings, isGood } from '../lib/probes/answer-findings.ts';
import { isBinary } from '../lib/probes/carried-findings.ts';
import type { HttpAnswer } from '../lib/probes/http-request.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { tracerFindings } from '../lib/probes/tracer-findings.ts';
import {
  baggageElsewhere,
  callersFindings,
  callFindings,
  failureFindings,
  toldWell,
} from './client-side.ts';
import { HttpProbes } from './probes.ts';
import { serverAtOnceFindings, serverFindings, untracedFindings } from './server-side.ts';
import { unexplained } from './unexplained.ts';

/** What the tap tells comes over a pipe: later than the first connection. */
const TELL_WITHIN_MS = 1000;

const check: LessonCheck = {
  async judge(bench) {
    const probes = await HttpProbes.start(bench);
    const judgement = await look(bench, probes);
    const { findings, warnings = [] } = judgement;
    // What may be meant is only told of programs in which nothing else is wrong.
    const meant = findings.length === 0 ? warnings : [];
    return { ...judgement, warnings: [...probes.runs.flatMap(deliveryWarnings), ...meant] };
  },
};
export default check;

/** Stops at what explains everything that comes after it. */
async function look(bench: Bench, probes: HttpProbes): Promise<Judgement> {
  const started = await startFindings(probes);
  if (started.length > 0) return first(started, []);

  const plain = await probes.plain();
  const traceIds = plain.traces.map(({ traceId }) => traceId);
  const unanswered = await unansweredFindings(probes, plain.result);
  if (unanswered.length > 0) {
    const inject = bench.step >= '3.2' ? unsentFindings(probes, unanswered) : [];
    if (inject.length > 0) return { findings: atStep('3.2', inject), traceIds };
    return first(unanswered, traceIds);
  }
  const undelivered = undeliveredFindings(bench, probes, plain.traces);
  if (undelivered.length > 0) {
    const crashed = await crashFindings(probes, undelivered);
    return first(crashed.length > 0 ? crashed : undelivered, traceIds);
  }

  const probed = await probe(bench, probes, plain.traces);
  const names = judgeShape(bench.lesson.expected, probed.traces);
  const shape = [
    ...names.filter(({ rule }) => rule === 'P-OPNAME'),
    ...worded(shapeFindings(bench, probes, plain.traces), probes.runs),
  ];
  const findings = [...probed.findings, ...unexplained(shape, probed.findings)];
  // A span that has ended shows no error any more.
  const isShort = findings.some(({ rule }) => rule === 'D-SHORT');
  const told = findings.filter(({ rule }) => !isShort || rule !== 'X-ERROR');
  return { findings: inOrder(told), warnings: probed.warnings, traceIds };
}

/** Which traces there are too many of is said of those alone that the first service is to blame for, as long as it is. */
function shapeFindings(
  { lesson: { expected } }: Bench,
  { client }: HttpProbes,
  traces: readonly ObservedTrace[],
): ShapeFinding[] {
  const options = { wentWell: true, calledOnce: true } as const;
  const own = new Set(['front', 'call']);
  const spans = expected.spans.filter(({ id }) => own.has(id));
  const [split] = judgeShape({ ...expected, spans }, tracesOf(client, traces), options).filter(
    ({ rule }) => rule === 'T-SPLIT',
  );
  const shape = judgeShape(expected, traces, options);
  if (!split) return shape;
  return [split, ...shape.filter(({ rule }) => rule !== 'T-SPLIT')];
}

async function startFindings({ runs }: HttpProbes): Promise<Finding[]> {
  const listening = await Promise.all(runs.map((run) => run.listening()));
  await Promise.all(runs.map((run) => run.tapped('listen', undefined, TELL_WITHIN_MS)));
  const listensOn = (run: Run, port?: number) =>
    run.tap.some((event) => isTapped(event, 'listen') && event.port === port);
  // Whoever takes connections on its port may be the other service.
  const isTaken = (run: Run) =>
    !listensOn(run, run.port) && runs.some((other) => listensOn(other, run.port));
  return runs.flatMap((run, at) =>
    processFindings(run, { listens: listening[at] === true && !isTaken(run) }),
  );
}

/** Whoever calls is not to blame if the one who is called does not answer. */
async function unansweredFindings(probes: HttpProbes, answer: HttpAnswer): Promise<Finding[]> {
  const ended = probes.runs.flatMap(endFindings);
  if (ended.length > 0) return ended;
  if (isGood(answer)) return [];
  const ofService1 = answerFindings(probes.service1, await probes.plainService1());
  return ofService1.length > 0 ? ofService1 : answerFindings(probes.client, answer);
}

/** A client may well go on from the answer 500: spans that the second service lacks then are those of its error. */
async function crashFindings(
  probes: HttpProbes,
  [undelivered]: readonly Finding[],
): Promise<Finding[]> {
  const { service1 } = probes;
  if (undelivered?.params['file'] !== basename(service1.file)) return [];
  return answerFindings(service1, await probes.plainService1());
}

/** A request that never left, since inject put bytes where headers are text. */
function unsentFindings(
  { client, service1 }: HttpProbes,
  [unanswered]: readonly Finding[],
): Finding[] {
  if (unanswered?.variant !== 'ANSWER' || unanswered.params['file'] !== basename(client.file))
    return [];
  const params = { port: service1.port ?? 0 };
  return client.tap.some(isBinary) ? [{ rule: 'L3-CLI-INJECT', variant: 'BINARY', params }] : [];
}

/** The first service first: what it does not send explains the second. */
function undeliveredFindings(
  bench: Bench,
  probes: HttpProbes,
  traces: readonly ObservedTrace[],
): Finding[] {
  const agent = { port: bench.agent.port };
  for (const { run, service } of probes.programs) {
    const wasAsked = run.tap.some(({ type }) => type === 'serve');
    if (!wasAsked) continue;
    const findings = deliveryFindings(run, tracesOf(run, traces), {
      service,
      agent,
      names: expectedNames(bench.lesson.expected),
      logged: loggedNames(bench.lesson.expected),
    });
    if (findings.length > 0) return findings.map((finding) => elsewhere(finding, probes, run));
    const missed = run.tap.find((event) => event.type === 'noop-start');
    if (missed?.type === 'noop-start' && run === probes.client) {
      const params = { file: basename(run.file), span: missed.operationName };
      return [{ rule: 'L2-GLOBAL', ...(isSetLater(run, missed) && { variant: 'LATE' }), params }];
    }
  }
  return [];
}

/** The path of the second service. */
const PATH = '/httpService1';

/** A service that was asked for nothing that the lesson has it serve has no reason to start a span. */
function elsewhere(finding: Finding, { service1 }: HttpProbes, run: Run): Finding {
  const asked = run.tap
    .filter((event) => isTapped(event, 'serve'))
    .map(({ url }) => url.split('?')[0] ?? '');
  const [actual] = asked;
  if (finding.rule !== 'T-NOOP' || run !== service1 || actual === undefined) return finding;
  const answers = run.tap.filter((event) => isTapped(event, 'answer'));
  const isRefused = answers.some(({ status }) => status === 404);
  if (asked.includes(PATH) || !isRefused) return finding;
  const params = { ...finding.params, expected: PATH, actual, port: run.port ?? 0 };
  return { ...finding, variant: 'PATH', params };
}

interface Probed {
  readonly findings: readonly StepFinding[];
  readonly warnings: readonly Finding[];
  /** Everything that the programs sent. */
  readonly traces: readonly ObservedTrace[];
}

/** Plays the caller of each service, and the second service, as far as the steps go that are judged. */
async function probe(
  bench: Bench,
  probes: HttpProbes,
  plain: readonly ObservedTrace[],
): Promise<Probed> {
  const { step, scale, lesson } = bench;
  const { client, service1 } = probes;
  const traces = [...plain];
  const findings: StepFinding[] = [];
  const warnings: Finding[] = [];
  if (step >= '3.3') {
    const call = await probes.service1Asked();
    traces.push(...call.seen.traces);
    findings.push(...serverFindings(service1, call, scale, plain));
    if (!findings.some((finding) => finding.step === '3.3')) {
      const untraced = await probes.service1AskedUntraced();
      traces.push(...untraced.traces);
      findings.push(...untracedFindings(service1, untraced));
    }
  }
  if (step >= '3.5' && findings.length === 0) {
    const atOnce = await probes.service1AskedAtOnce();
    traces.push(...atOnce.seen.traces);
    findings.push(...serverAtOnceFindings(service1, atOnce));
  }
  // The stub takes its place, so afterwards it has ended in any case.
  const crashed = new Set(service1.ending ? [service1] : []);
  await probes.withStub(async (stub) => {
    const call = await stub.call();
    traces.push(...call.seen.traces);
    findings.push(
      ...callFindings(client, call, { port: service1.port ?? 0, scale, earlier: plain }),
    );
    if (step >= '3.4') warnings.push(...baggageElsewhere(client, call));
    if (step >= '3.5') {
      const atOnce = await stub.callsAtOnce();
      traces.push(...atOnce.seen.traces);
      findings.push(...callersFindings(client, atOnce));
    }
    if (step >= '3.6') {
      const failed = [await stub.failedCall('500'), await stub.failedCall('hang-up')];
      traces.push(...failed.flatMap(({ seen }) => seen.traces));
      findings.push(...failureFindings(client, failed));
      warnings.push(...toldWell(client, failed));
    }
  });
  if (client.ending) crashed.add(client);
  const names = expectedNames(lesson.expected);
  // Some of it may have been finished after its probe was over.
  const all = await bench.tracesOf(...probes.runs);
  for (const run of probes.runs) {
    findings.push(...atStep('3.1', tracerFindings(run, traces)));
    // What it did not send when it crashed is nothing that it forgot.
    if (crashed.has(run)) continue;
    // A tracer that was closed when its first request was done.
    const lost = deliveryFindings(run, tracesOf(run, all), { names });
    findings.push(
      ...atStep(
        '3.1',
        lost.filter(({ rule }) => rule.startsWith('R-')),
      ),
    );
  }
  return { findings, warnings, traces };
}

function first(findings: readonly Finding[], traceIds: readonly string[]): Judgement {
  return { findings: atStep('3.1', findings), traceIds };
}

/** Inside one process the spans have to hang together before it makes sense to carry them into another. */
function inOrder(findings: readonly StepFinding[]): StepFinding[] {
  const rank = ({ rule, step }: StepFinding) =>
    step === '3.1' && /^T-(MISSING|SPLIT|PARENT|ORPHAN|REVERSED)$/.test(rule)
      ? -1
      : RULE_IDS.indexOf(rule);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

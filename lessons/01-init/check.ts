import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExpectedTrace, ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { judgeProgram } from '../lib/judge/judge-program.ts';
import type { Judgement, LessonCheck, StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { DRIVER_LINE, type DriverResult } from './driver-result.ts';
import {
  collectorFindings,
  initError,
  noPairFindings,
  OF_CONFIG,
  OF_SAMPLER,
  samplerFindings,
  shareFindings,
  URL_OF_AGENT,
} from './init-findings.ts';

const SERVICE = 'hello-jaeger';
const SPAN = 'first-span';
const TRACING = 'tracing.ts';
/** From samplers.ts, which is given. */
const DEAF = /the sampler failed to hear of its server/;
const OF_UNDEFINED = /of undefined|is not a function/;
const NOT_TAKEN_APART = /of undefined|is not (a function|iterable)/;
const DRIVER = fileURLToPath(new URL('driver.ts', import.meta.url));

/**
 * Lesson 1: the learner's program sends a span, and a driver of ours calls the learner's `initJaeger` with reporters and
 * samplers of its own.
 */
const check: LessonCheck = {
  async judge(bench, { expected }) {
    const [run, driver] = await Promise.all([
      bench.start({ name: 'first-span', file: 'first-span.ts' }),
      startDriver(bench),
    ]);
    await run.finish();
    const traces = await bench.tracesOf(run);
    const reached = reachedStep(run, traces);
    const found = judgeProgram(run, traces, {
      // Both ways out leave one; a single one is as good.
      expected: { ...withAnySamplerOfAll(expected, traces), traces: 1 },
      service: SERVICE,
      agent: bench.agent,
      stepOf: (finding) => clamped(stepOf(finding, reached), bench.step),
      before: (arrived) => tracerPerCall(run, arrived),
      after: (arrived) => [
        ...otherService(arrived),
        ...oneWayOut(run, arrived),
        ...nothingPosted(run),
      ],
    });
    const judged = {
      ...found,
      findings: found.findings.map((each) => ofSecondTracer(each, run, reached)),
    };
    // What a tracer that does nothing lacks is missed by the first line that asks for it.
    if (crashedOnNoop(run, judged)) return noop(run, judged);
    const arrived = neverClosed(run, traces);
    const warnings = [...(judged.warnings ?? []), ...silentReporter(run), ...arrived];
    const isStuck = isStuckInSamplers(run, traces);
    const [crash] = judged.findings;
    if (crash?.rule === 'W-CRASH' && NOT_TAKEN_APART.test(`${crash.params['error']}`)) {
      await driver.finish();
      const [named] = noPairFindings(resultOf(driver)?.noPair, crash.params['error']);
      if (named) return { ...judged, findings: [{ ...named, step: crash.step }], warnings };
    }
    const isOfSampler = judged.findings.some(isAboutSampler);
    if (!isStuck && !isOfSampler && judged.findings.some(({ step }) => step === '1.1'))
      return { ...judged, warnings };
    await driver.finish();
    const driven = driverFindings(driver, run, traces);
    if (isOfSampler) {
      const share = driven.filter(({ variant }) => variant === 'SHARE');
      const others = judged.findings.filter((each) => share.length === 0 || !isAboutSampler(each));
      return { ...judged, findings: [...share, ...others], warnings };
    }
    const ignored = driven.filter(
      ({ rule, step }) => /^L1-(COLLECTOR|SAMPLER)$/.test(rule) && step <= bench.step,
    );
    const own = judged.findings
      .filter((finding) => !isExplained(finding, ignored, isStuck))
      .map((finding) => ofIdleCloser(finding, resultOf(driver)));
    return { ...judged, findings: [...own, ...driven], warnings };
  },
};

export default check;

/**
 * How far the program came by what arrived: after a span by the agent it is at 1.3, after one by the collector at 1.4.
 * What is lost of a single tracer is lost at 1.2.
 */
function reachedStep(run: Run, traces: readonly ObservedTrace[]): Reached {
  const doors = new Set(signedSpans(run, traces).map(({ door }) => door));
  const starts = run.tap.filter((event) => isTapped(event, 'start'));
  const isSecond = new Set(starts.map(({ clientUuid }) => clientUuid)).size > 1;
  if (!doors.has('agent')) return { step: '1.2', isSecond };
  return { step: doors.has('collector') ? '1.4' : '1.3', isSecond };
}

/** What goes wrong once the first span has arrived is not missed by a learner who is not asked for more. */
function clamped(step: string, last: string): string {
  return step < last ? step : last;
}

/** What goes wrong with the second tracer is told of it, and not of the program as a whole. */
function ofSecondTracer(finding: StepFinding, run: Run, { step }: Reached): StepFinding {
  const { rule, variant, params } = finding;
  if (step !== '1.3') return finding;
  const { file = '', error = '' } = params;
  if (rule === 'W-CRASH' && OF_CONFIG.test(`${error}`)) {
    const variant = URL_OF_AGENT.test(`${error}`) ? 'URL-OF-AGENT' : 'CONFIG';
    return { ...finding, rule: 'L1-COLLECTOR', variant, params: { file, error } };
  }
  // Two tracers are asked for.
  if (variant === 'TRACERS') return { ...finding, variant: 'EACH' };
  const isLost = rule === 'R-PARTIAL' || variant === 'NOT-YET';
  if (isLost && hasUnusedTracer(run))
    return { rule: 'L1-COLLECTOR', variant: 'UNUSED', params: { file }, step };
  return finding;
}

/** No tracer was closed, and the closer that initJaeger gives back closes none. */
function ofIdleCloser(finding: StepFinding, result: DriverResult | undefined): StepFinding {
  const isUnclosed = finding.rule === 'R-NOFLUSH' && finding.variant === 'UNCLOSED';
  if (!isUnclosed || !result?.isIdleCloser) return finding;
  return { ...finding, variant: 'IDLE-CLOSER' };
}

function hasUnusedTracer({ counters }: Run): boolean {
  return counters.some(
    ({ service, counters: { started } }) => service === SERVICE && started === 0,
  );
}

interface Reached {
  readonly step: '1.2' | '1.3' | '1.4';
  /** Spans were started on more than one tracer. */
  readonly isSecond: boolean;
}

/** Its first span came, and then nothing more, or what samplers.ts says of a sampler that asks nobody. */
function isStuckInSamplers(run: Run, traces: readonly ObservedTrace[]): boolean {
  const isDeaf = run.ending?.code !== 0 && run.lines.some((line) => DEAF.test(line));
  return traces.length > 0 && (run.hung || isDeaf);
}

/** All its spans were of opentracing's own tracer, and something asked of that tracer is not there. */
function crashedOnNoop({ tap }: Run, { findings: [first] }: Judgement): boolean {
  const isReal = tap.some((event) => isTapped(event, 'start'));
  const isNoop = tap.some((event) => isTapped(event, 'noop-start'));
  return (
    first?.rule === 'W-CRASH' && isNoop && !isReal && OF_UNDEFINED.test(`${first.params['error']}`)
  );
}

function noop({ file, tap }: Run, judged: Judgement): Judgement {
  const params = { file: basename(file), finished: 0, arrived: 0 };
  const refused = tap.find((event) => isTapped(event, 'tracer-refused'));
  const noop: StepFinding = { rule: 'T-NOOP', params, step: '1.1' };
  if (!refused) return { ...judged, findings: [noop] };
  const named = { ...noop, variant: 'REFUSED', params: { ...params, error: refused.error } };
  return { ...judged, findings: [named] };
}

/** Nothing kept, or kept by another sampler: which of the two is seen can be chance. */
function isAboutSampler({ rule, params }: Finding): boolean {
  const isSigned = rule === 'A-TAG' && String(params['key']).startsWith('sampler.');
  return rule === 'S-NOTSAMPLED' || isSigned;
}

/** Tracers that differ in what initJaeger was told are alike, and a sampler waits for ever, where it does not listen. */
function isExplained(
  { rule, variant, params }: Finding,
  ignored: readonly StepFinding[],
  isStuck: boolean,
): boolean {
  // The program itself made a sampler of another type, and stopped at the same.
  if (rule === 'W-CRASH' && OF_SAMPLER.test(`${params['error']}`))
    return ignored.some((other) => other.variant === 'TYPE');
  if (rule === 'W-HANG' || rule === 'W-CRASH') return isStuck && ignored.length > 0;
  if (rule === 'P-TRACER') return ignored.length > 0;
  // A tracer that comes once more comes closed.
  if (variant === 'CLOSED') return ignored.some((other) => other.variant === 'FORMER');
  return rule === 'L1-COLLECTOR' && ignored.some((other) => other.rule === rule);
}

function startDriver(bench: Bench): Promise<Run> {
  const args = [join(bench.folder, TRACING)];
  // Thousands of spans are of no interest one by one.
  return bench.start({ name: 'initJaeger', file: DRIVER, args, untapped: true });
}

/** What the driver told, if it came to that. */
function resultOf({ lines }: Run): DriverResult | undefined {
  const line = lines.find((each) => each.startsWith(DRIVER_LINE));
  return line === undefined ? undefined : JSON.parse(line.slice(DRIVER_LINE.length));
}

function driverFindings(
  driver: Run,
  run: Run,
  traces: readonly ObservedTrace[],
): readonly StepFinding[] {
  const result = resultOf(driver);
  if (result === undefined) {
    const error = driver.ending?.error || driver.lines.at(-1) || '';
    const finding = initError(error);
    return [{ ...finding, step: finding.rule === 'L1-SAMPLER' ? '1.4' : '1.3' }];
  }
  const posted = run.sent.some(({ door }) => door.kind === 'collector') && traces.length > 0;
  return [
    ...shareFindings(result.own).map((finding) => ({ ...finding, step: '1.1' })),
    // A program that went that way itself has shown it.
    ...(posted && !result.collector.error ? [] : collectorFindings(result.collector)).map(
      (finding) => ({ ...finding, step: '1.3' }),
    ),
    ...samplerFindings(result.samplers).map((finding) => ({ ...finding, step: '1.4' })),
  ];
}

/** Several tracers of one service that went one way with one sampler: one was made for each call. */
function tracerPerCall(run: Run, traces: readonly ObservedTrace[]): Finding[] {
  // The lesson itself asks for two, by two ways.
  if (oneWayOut(run, traces).length > 0) return [];
  const tracers = new Map<string, Set<string>>();
  for (const { uuid, door, span } of signedSpans(run, traces)) {
    const kind = [door, span.tags['sampler.type'], span.tags['sampler.param']].join(' ');
    const uuids = tracers.get(kind) ?? new Set();
    tracers.set(kind, uuids.add(uuid));
  }
  const count = Math.max(0, ...[...tracers.values()].map(({ size }) => size));
  if (count < 2) return [];
  return [{ rule: 'P-TRACER', params: { service: SERVICE, count, file: basename(run.file) } }];
}

/** A share of 1 is everything, as `const` 1 is: whoever keeps all by that keeps what the lesson asks for. */
function withAnySamplerOfAll(
  expected: ExpectedTrace,
  traces: readonly ObservedTrace[],
): ExpectedTrace {
  const own = traces.flatMap(({ spans }) => spans).filter((span) => span.serviceName === SERVICE);
  const isShareOfAll = ({ tags }: ObservedSpan) =>
    tags['sampler.type'] === 'probabilistic' && Number(tags['sampler.param']) === 1;
  if (!own.some(isShareOfAll)) return expected;
  const isOfSampler = ([key]: [string, unknown]) => key.startsWith('sampler.');
  const spans = expected.spans.map((span) => ({
    ...span,
    tags: Object.fromEntries(Object.entries(span.tags).filter((tag) => !isOfSampler(tag))),
  }));
  return { ...expected, spans };
}

/** Two tracers with a span each, as the lesson asks, that left by the same door. */
function oneWayOut(run: Run, traces: readonly ObservedTrace[]): Finding[] {
  const spans = signedSpans(run, traces);
  const tracers = new Set(spans.map(({ uuid }) => uuid));
  const doors = new Set(spans.map(({ door }) => door));
  const [door] = doors;
  if (spans.length !== 2 || tracers.size !== 2 || doors.size !== 1 || !door) return [];
  const variant = door === 'collector' ? 'ALL-COLLECTOR' : 'ALL-AGENT';
  return [{ rule: 'L1-COLLECTOR', variant, params: { file: basename(run.file) } }];
}

/** The second tracer's span was sent under a name of its own. */
function otherService(traces: readonly ObservedTrace[]): Finding[] {
  for (const { traceId, spans } of traces)
    for (const { operationName, serviceName, spanId } of spans) {
      if (operationName !== SPAN || serviceName === SERVICE) continue;
      const params = { span: SPAN, expected: SERVICE, actual: serviceName };
      return [
        {
          rule: 'A-SERVICE',
          variant: 'SECOND',
          params,
          span: { traceId, spanId },
          expected: 'first',
        },
      ];
    }
  return [];
}

/** Of the two ways out the program itself took only the first. */
function nothingPosted({ sent, file }: Run): Finding[] {
  if (sent.length === 0 || sent.some(({ door }) => door.kind === 'collector')) return [];
  return [{ rule: 'L1-COLLECTOR', variant: 'NOT-YET', params: { file: basename(file) } }];
}

/** Spans of the lesson's service, the tracer that signed each, and the door by which it was seen leaving. */
function signedSpans(run: Run, traces: readonly ObservedTrace[]) {
  const doors = new Map(
    run.sent.flatMap(({ door, spans }) => spans.map(({ spanId }) => [spanId, door.kind])),
  );
  return traces
    .flatMap(({ spans }) => spans)
    .flatMap((span) => {
      const uuid = span.processTags['client-uuid'];
      if (span.serviceName !== SERVICE || uuid === undefined) return [];
      return [{ span, uuid: String(uuid), door: doors.get(span.spanId) }];
    });
}

/** What was finished arrived, though nobody closed its tracer: the program went on for long enough. */
function neverClosed({ tap, file, ending }: Run, traces: readonly ObservedTrace[]): Finding[] {
  const arrived = new Set(traces.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)));
  const ended = ending?.code === 0 && tap.every(({ type }) => type !== 'exit');
  const closes = tap.filter((event) => isTapped(event, 'close'));
  const open = tap
    .filter((event) => isTapped(event, 'finish'))
    .filter(({ spanId }) => arrived.has(spanId))
    .some((finish) => closes.every(({ clientUuid }) => clientUuid !== finish.clientUuid));
  if (!ended || !open) return [];
  return [{ rule: 'R-NOFLUSH', variant: 'BY-CHANCE', params: { file: basename(file) } }];
}

/** A tracer works without saying so. */
function silentReporter(run: Run): Finding[] {
  const said = run.lines.filter((line) => /Reporting span|logging ?reporter/i.test(line));
  if (run.traceIds.size === 0) return [];
  const params = { file: basename(run.file) };
  if (said.length === 0) return [{ rule: 'L1-LOGSPANS', params }];
  const named = said.flatMap((line) => /Reporting span ([0-9a-f]{1,32}):/.exec(line)?.[1] ?? []);
  const finishes = run.tap.filter((event) => isTapped(event, 'finish'));
  // The first tracer is the one that was told nothing.
  const own = finishes.filter(({ clientUuid }) => clientUuid === finishes[0]?.clientUuid);
  const isNamed = own.some(({ traceId }) =>
    named.some((id) => BigInt(`0x${id}`) === BigInt(`0x${traceId}`)),
  );
  if (isNamed || own.length === 0 || named.length === 0) return [];
  return [{ rule: 'L1-LOGSPANS', variant: 'OWN', params }];
}

function stepOf({ rule, variant, params }: Finding, reached: Reached): string {
  // The agent is where initJaeger's own reporter goes.
  if (variant === 'SECOND') return '1.3';
  if (rule === 'L1-COLLECTOR') return variant === 'ALL-COLLECTOR' ? '1.1' : '1.3';
  if (reached.step !== '1.2') {
    if (rule.startsWith('W-')) return reached.step;
    if (reached.isSecond && /^R-|^T-UNFINISHED$/.test(rule)) return reached.step;
  }
  if (/^[WS]-|^T-NOOP$|^P-SERVICE$|^R-WRONGPORT$|^A-SERVICE$/.test(rule)) return '1.1';
  return rule === 'A-TAG' && String(params['key']).startsWith('sampler.') ? '1.1' : '1.2';
}

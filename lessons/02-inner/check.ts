import { basename } from 'node:path';
import type { ExpectedTrace, ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import { judgeProgram } from '../lib/judge/judge-program.ts';
import type { LessonCheck } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';

const FILE = 'inner.ts';
const SERVICE = 'inner';
const ROOT = 'RootSpanOpname';
const LONG = 'Service1Opname';
const LAST = 'Service2Opname';
/** What the program sleeps between its two calls; the first call sleeps three times that. */
const BETWEEN_MS = 1000;

/** Lesson 2: one program that calls functions of its own. What it must leave is in expected.json. */
const check: LessonCheck = {
  async judge(bench, { expected }) {
    const run = await bench.start({ name: SERVICE, file: FILE });
    await run.finish();
    const traces = await bench.tracesOf(run);
    const isRootThere = traces.some(({ spans }) =>
      spans.some(({ operationName }) => operationName === ROOT),
    );
    return judgeProgram(run, traces, {
      expected,
      service: SERVICE,
      agent: bench.agent,
      stepOf: (finding) => stepOf(finding, isRootThere),
      shape: { calledOnce: true },
      after: (arrived) => shortWork(arrived, bench.scale),
      before: (arrived) => [...globalTracer(run, arrived), ...dataInName(expected, arrived)],
    });
  },
};

export default check;

/** Only the root came, and the others were asked of opentracing's tracer that does nothing. */
function globalTracer(run: Run, traces: readonly ObservedTrace[]): Finding[] {
  const arrived = traces.flatMap(({ spans }) => spans);
  const others = arrived.filter(({ operationName }) => operationName !== ROOT);
  const asked = run.tap.filter((event) => isTapped(event, 'noop-start'));
  const [missed] = asked;
  if (arrived.length === 0 || others.length > 0 || !missed) return [];
  const params = { file: basename(run.file), span: missed.operationName };
  return [{ rule: 'L2-GLOBAL', params }];
}

/** A name that holds what the span itself says of the request: the shape of one run is too small to show a pattern. */
function dataInName({ spans: wanted }: ExpectedTrace, traces: readonly ObservedTrace[]): Finding[] {
  const spans = traces.flatMap((trace) => trace.spans);
  for (const { id, name } of wanted) {
    const named = spans.filter(
      ({ operationName, logs, tags }) =>
        operationName !== name &&
        operationName.startsWith(name) &&
        [tags, ...logs.map(({ fields }) => fields)]
          .flatMap((each) => Object.values(each))
          .some((value) => operationName.slice(name.length).includes(String(value))),
    );
    const [first] = named;
    if (!first) continue;
    const params = {
      span: name,
      expected: name,
      actual: first.operationName,
      count: new Set(named.map(({ operationName }) => operationName)).size,
    };
    return [{ rule: 'P-OPNAME', params, expected: id }];
  }
  return [];
}

/**
 * The long call took next to no time, and the pause after it, a third of its work, took its own. A sleep may be long by
 * chance and is never short, so a slow machine only makes a right program look better.
 */
function shortWork(traces: readonly ObservedTrace[], scale: number): Finding[] {
  // A timer may be a millisecond early by another clock.
  const pause = (BETWEEN_MS * scale - 2) * 1000;
  for (const { traceId, spans } of traces) {
    const named = (name: string) => spans.filter(({ operationName }) => operationName === name);
    const [[long], [root]] = [named(LONG), named(ROOT)];
    if (!long || !root || long.duration >= pause / 2) continue;
    const end = long.startTime + long.duration;
    const last = Math.max(0, ...named(LAST).map(({ startTime }) => startTime));
    if (last - end < pause) continue;
    const variant = long.startTime - root.startTime >= pause ? { variant: 'LATE' } : {};
    const span = { traceId, spanId: long.spanId };
    return [{ rule: 'L2-SHORT', ...variant, params: { span: LONG }, span, expected: 'service1' }];
  }
  return [];
}

function stepOf({ rule, expected }: Finding, isRootThere: boolean): string {
  if (rule === 'L2-CTX') return '2.3';
  if (/^[WRS]-|^T-(NOOP|UNFINISHED)$|^P-SERVICE$/.test(rule)) return '2.1';
  // Without a root there is nothing to hang from.
  if (rule === 'T-SPLIT' && !isRootThere) return '2.1';
  if (expected === 'root' && rule !== 'T-OUTLIVES') return '2.1';
  if (expected === 'service2-in-service1' && /^T-(PARENT|SPLIT)$/.test(rule)) return '2.3';
  return '2.2';
}

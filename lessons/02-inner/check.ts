import { basename } from 'node:path';
import type { ExpectedTrace, ObservedTrace } from '@spoor/analysis';
import { isTapped } from '../lib/harness/tap-event.ts';
import type { Bench } from '../lib/judge/bench.ts';
import { isSetLater } from '../lib/judge/global-tracer.ts';
import { judgeProgram } from '../lib/judge/judge-program.ts';
import type { Judgement, LessonCheck } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { loggedEarly, pauseMissing, pauseNotAwaited, shortWork } from './short-work.ts';

const FILE = 'inner.ts';
const SERVICE = 'inner';
const ROOT = 'RootSpanOpname';

/** Lesson 2: one program that calls functions of its own. What it must leave is in expected.json. */
const check: LessonCheck = {
  async judge(bench, { expected }) {
    const judged = await judgeOnce(bench, expected);
    const isOfTime = judged.findings.some(({ rule }) => rule === 'L2-SHORT');
    // A machine that stood still can have made it look so; not twice.
    return isOfTime ? judgeOnce(bench, expected) : judged;
  },
};

export default check;

async function judgeOnce(bench: Bench, expected: ExpectedTrace): Promise<Judgement> {
  const run = await bench.start({ name: SERVICE, file: FILE });
  await run.finish();
  const traces = await bench.tracesOf(run);
  const isRootThere = traces.some(({ spans }) =>
    spans.some(({ operationName }) => operationName === ROOT),
  );
  const judged = judgeProgram(run, traces, {
    expected,
    service: SERVICE,
    agent: bench.agent,
    stepOf: (finding) => stepOf(finding, { isRootThere, count: traces.length }),
    shape: { calledOnce: true, callerWaits: true },
    after: (arrived) => [
      ...shortWork(run, arrived, bench.scale),
      ...pauseNotAwaited(run),
      ...loggedEarly(arrived, bench.scale),
    ],
    before: (arrived) => [
      ...globalTracer(run, expected, arrived),
      ...dataInName(expected, arrived),
    ],
  });
  const pause = judged.findings.length === 0 ? pauseMissing(traces, bench.scale) : [];
  return { ...judged, warnings: [...(judged.warnings ?? []), ...pause] };
}

/** Spans that did not come were asked of opentracing's tracer that does nothing: all but the root, or those before it was set. */
function globalTracer(
  run: Run,
  { spans: wanted }: ExpectedTrace,
  traces: readonly ObservedTrace[],
): Finding[] {
  const arrived = traces.flatMap(({ spans }) => spans);
  if (arrived.length === 0) return [];
  const count = (all: readonly string[], name: string) => all.filter((one) => one === name).length;
  const [asked, came] = [wanted.map(({ name }) => name), arrived.map((span) => span.operationName)];
  const missed = run.tap
    .filter((event) => isTapped(event, 'noop-start'))
    .find(({ operationName: name }) => count(came, name) < count(asked, name));
  if (!missed) return [];
  const params = { file: basename(run.file), span: missed.operationName };
  return [{ rule: 'L2-GLOBAL', ...(isSetLater(run, missed) && { variant: 'LATE' }), params }];
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

function stepOf(
  { rule, expected }: Finding,
  { isRootThere, count }: { isRootThere: boolean; count: number },
): string {
  if (rule === 'L2-CTX') return '2.3';
  if (/^[WRS]-|^T-(NOOP|UNFINISHED)$|^P-SERVICE$/.test(rule)) return '2.1';
  // Without a root there is nothing to hang from.
  if (rule === 'T-SPLIT' && !isRootThere) return '2.1';
  if (expected === 'root' && rule !== 'T-OUTLIVES') return '2.1';
  // More traces than that one call's: the functions were not given a context at all.
  if (rule === 'T-SPLIT' && count > 2) return '2.2';
  if (expected === 'service2-in-service1' && /^T-(PARENT|SPLIT)$/.test(rule)) return '2.3';
  return '2.2';
}

import type { AgentAddress } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { comingQueryApi } from '../query-api.ts';
import { askedStep, stepsOf } from './asked-step.ts';
import { type BenchOptions, openBench } from './bench.ts';
import { CheckInterrupted } from './check-interrupted.ts';
import type { Judgement, LessonCheck, StepFinding } from './lesson-check.ts';
import type { Finding, Verdict } from './verdict.ts';

/** A backend that is still being found, or started. */
export interface ComingBackend {
  /** That it will have. */
  readonly agent: AgentAddress;
  readonly coming: Promise<Pick<Backend, 'query' | 'agent'>>;
}

export type BackendOfCheck = Pick<Backend, 'query' | 'agent'> | ComingBackend;

export interface CheckOptions extends Pick<BenchOptions, 'scale' | 'env' | 'silentMs' | 'onLine'> {
  /** The learner's programs. Absolute. */
  readonly folder: string;
  readonly backend: BackendOfCheck;
  /** The last step to judge; all of them if not given. */
  readonly step?: string | undefined;
  /** Resolves when the learner wants it to end. */
  readonly interrupted?: Promise<unknown> | undefined;
}

export { CheckInterrupted };

/**
 * Runs the learner's programs of a lesson and judges them by the traces that they leave. Throws a `LessonError` for what
 * keeps them from being judged at all, such as a port that somebody else holds, and `CheckInterrupted`. Nothing that it
 * started is left running.
 */
export async function checkLesson(lesson: Lesson, options: CheckOptions): Promise<Verdict> {
  const began = performance.now();
  const steps = stepsOf(lesson);
  const step =
    options.step === undefined ? (steps.at(-1) as string) : askedStep(lesson, options.step);
  const { folder, interrupted, scale, env, silentMs, onLine } = options;
  const check = await checkOf(lesson);
  const { query, agent, ready, found } = await backendOf(lesson, options.backend);
  const bench = openBench({
    lesson,
    folder,
    step,
    query,
    agent,
    ready,
    scale,
    env,
    silentMs,
    onLine,
  });
  const judging = check.judge(bench, lesson);
  // After an interruption nobody listens to it any more.
  const settled = judging.then(
    () => {},
    () => {},
  );
  try {
    const judgement = await Promise.race([judging, ...(interrupted ? [left(interrupted)] : [])]);
    const at = Date.now();
    const took = Math.round(performance.now() - began);
    const queryUrl = (await found).query.url;
    return { ...verdictOf(lesson, steps, step, judgement), queryUrl, at, took };
  } finally {
    await bench.close();
    // It ends soon then, and until it has it could start what nobody would end.
    await settled;
    await bench.close();
  }
}

/** Of lesson 0 there is no program to be loaded meanwhile: it asks the backend at once. */
async function backendOf(lesson: Lesson, backend: BackendOfCheck) {
  if (!('coming' in backend)) return { ...backend, found: backend };
  const { agent, coming } = backend;
  if (lesson.number === 0) return { ...(await coming), found: coming };
  const query = comingQueryApi(coming.then((found) => found.query));
  return { agent, query, ready: coming, found: coming };
}

/** What a judgement means for each step, and what the learner is told first. */
export function verdictOf(
  lesson: Lesson,
  steps: readonly string[],
  step: string,
  { findings, warnings = [], traceIds }: Judgement,
): Omit<Verdict, 'queryUrl' | 'at' | 'took'> {
  const judged = steps.slice(0, steps.indexOf(step) + 1);
  // A learner at step 2 is not told of step 4, and mends step 1 first.
  const relevant = judged.flatMap((id) => findings.filter((finding) => finding.step === id));
  const [first] = relevant;
  // A later step is not begun yet: what it asks for is no mistake.
  const also =
    first &&
    relevant.find((finding) => finding.step === first.step && hasCauseOfItsOwn(finding, first));
  const failedAt = first ? judged.indexOf(first.step) : judged.length;
  return {
    lesson: lesson.number,
    step,
    passed: first === undefined,
    // What comes after a failed step cannot be told yet.
    steps: judged.map((id, at) => ({ id, passed: at < failedAt })),
    ...(first && { finding: withoutStep(first) }),
    ...(also && { also: withoutStep(also) }),
    warnings,
    traceIds,
  };
}

/** A name, a tag or a log is wrong for itself alone; most other mistakes draw further findings after them. */
function hasCauseOfItsOwn(finding: StepFinding, first: StepFinding): boolean {
  return /^[AX]-/.test(finding.rule) && about(finding) !== about(first);
}

/** The same line of code may be behind several spans of one name, and a sampler writes two tags. */
function about({ rule, params: { span, key } }: StepFinding): string {
  return [rule, span, String(key).replace(/^sampler\..*/, 'sampler')].join('\n');
}

function withoutStep({ step: _, ...finding }: StepFinding): Finding {
  return finding;
}

/** What judges a lesson; loaded when it is asked for. */
export async function checkOf(lesson: Lesson): Promise<LessonCheck> {
  const url = new URL(`../../${lesson.id}/check.ts`, import.meta.url);
  return ((await import(url.href)) as { default: LessonCheck }).default;
}

async function left(interrupted: Promise<unknown>): Promise<never> {
  await interrupted;
  throw new CheckInterrupted();
}

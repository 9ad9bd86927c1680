import {
  type ExpectedTrace,
  judgeShape,
  type ObservedTrace,
  type ShapeOptions,
} from '@spoor/analysis';
import { deliveryFindings, deliveryWarnings } from './delivery-findings.ts';
import { expectedNames, loggedNames } from './expected-names.ts';
import type { Judgement, StepFinding } from './lesson-check.ts';
import { processFindings } from './process-findings.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';
import { worded } from './worded.ts';

export interface ProgramExpectation {
  readonly expected: ExpectedTrace;
  readonly service: string;
  readonly agent: { readonly port: number };
  /** The step that a finding belongs to. */
  readonly stepOf: (finding: Finding) => string;
  /** What is looked for when all arrived, before the shape of the trace: it explains what the shape lacks. */
  readonly before?: (traces: readonly ObservedTrace[]) => readonly Finding[];
  /** What more is known of the run. */
  readonly shape?: ShapeOptions;
  /** What is looked for when the shape is as it should be. */
  readonly after?: (traces: readonly ObservedTrace[]) => readonly Finding[];
}

/**
 * Judges a program that ended by itself, in the order of what explains what: the program, the way of its spans, then
 * the shape of its traces. Stops at the first of these that says something.
 */
export function judgeProgram(
  run: Run,
  traces: readonly ObservedTrace[],
  { expected, service, agent, stepOf, before, shape, after }: ProgramExpectation,
): Judgement {
  const names = expectedNames(expected);
  const lookers: readonly (() => readonly Finding[])[] = [
    () => processFindings(run, { service }),
    () => deliveryFindings(run, traces, { service, agent, names, logged: loggedNames(expected) }),
    () => before?.(traces) ?? [],
    () => worded(judgeShape(expected, traces, { wentWell: true, ...shape }), [run]),
    () => after?.(traces) ?? [],
  ];
  let findings: readonly StepFinding[] = [];
  for (const look of lookers) {
    findings = look().map((finding) => ({ ...finding, step: stepOf(finding) }));
    if (findings.length > 0) break;
  }
  return {
    findings,
    // One variable for two spans: both are told in one.
    warnings: findings.some(({ variant }) => variant === 'SHARED') ? [] : deliveryWarnings(run),
    traceIds: traces.map(({ traceId }) => traceId),
  };
}

import { isAskedLater } from '../expected/asked-step.ts';
import type { ExpectedTrace } from '../expected/expected-trace.ts';
import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { matchSpans } from './match-spans.ts';
import { ObservedSpans } from './observed-spans.ts';
import { attributes, KIND } from './rules/attributes.ts';
import { falseErrors } from './rules/false-errors.ts';
import { missing } from './rules/missing.ts';
import { operationNames } from './rules/operation-names.ts';
import { outlives } from './rules/outlives.ts';
import { place } from './rules/place.ts';
import { innerReference, serverReference } from './rules/references.ts';
import { tracers } from './rules/tracers.ts';
import { calledAgain, twice } from './rules/twice.ts';
import { Shape } from './shape.ts';
import { SHAPE_RULES, type ShapeFinding } from './shape-finding.ts';

export interface ShapeOptions {
  /** What a server span that follows its caller is called: each lesson has a rule of its own for it. */
  readonly serverReferenceRule?: 'L3-SRV-REF' | 'L4-SRV-REF';
  /** The last step of the lesson that counts; what only later ones ask for is not missed. All of them if not given. */
  readonly step?: string | undefined;
  /** Whoever made the run knows that nothing failed in it: no span may say so then. */
  readonly wentWell?: boolean;
  /** Whoever made the run knows that each call took place once. */
  readonly calledOnce?: boolean;
  /** Whoever made the run knows that every function waits for those that it calls: none only follows. */
  readonly callerWaits?: boolean;
}

/**
 * Says what is wrong with the shape of a learner's traces, the gravest first; nothing if they hold what is expected,
 * whatever else they hold. `traces` are those of one run: of one request, or as many as `expected.traces` says. What is
 * only a consequence of another finding is left out. No rule knows of absolute times: a slow machine changes nothing.
 */
export function judgeShape(
  expected: ExpectedTrace,
  traces: readonly ObservedTrace[],
  options: ShapeOptions = {},
): ShapeFinding[] {
  const asked = expected.traces ?? 1;
  const rest = traces.filter((trace) => !isWhole(expected, trace, options));
  const open = asked - (traces.length - rest.length);
  if (open <= 0) return [];
  const seen = new ObservedSpans(rest);
  const used = new Set<ObservedSpan>();
  const findings: ShapeFinding[] = [];
  for (let count = 0; count < open; count++) {
    const matches = matchSpans(expected, seen, used);
    for (const { span } of matches.values()) used.add(span);
    findings.push(...shapeFindings(new Shape(expected, seen, matches), options));
  }
  return distinct(inOrder(findings));
}

function isWhole(expected: ExpectedTrace, trace: ObservedTrace, options: ShapeOptions): boolean {
  const seen = new ObservedSpans([trace]);
  return shapeFindings(new Shape(expected, seen, matchSpans(expected, seen)), options).length === 0;
}

function shapeFindings(
  shape: Shape,
  {
    serverReferenceRule,
    step,
    wentWell = false,
    calledOnce = false,
    callerWaits = false,
  }: ShapeOptions,
): ShapeFinding[] {
  const hanging = place(shape);
  const named = operationNames(shape);
  const started = new Set(
    hanging
      .filter(({ rule }) => rule === 'T-ORPHAN')
      .map(({ expected = null }) => shape.wanted(expected)?.parent),
  );
  const misnamed = new Set(named.map(({ expected }) => expected));
  const found = [
    ...hanging,
    ...named,
    ...outlives(shape),
    ...serverReference(shape, serverReferenceRule),
    ...(callerWaits ? innerReference(shape) : []),
    ...tracers(shape),
    // It was started, as its children show, or is there under other names.
    ...missing(shape).filter(
      ({ expected = '' }) => !started.has(expected) && !misnamed.has(expected),
    ),
    ...attributes(shape).filter(
      ({ rule, expected = '' }) => rule !== 'A-NAME' || !misnamed.has(expected),
    ),
    ...(wentWell ? falseErrors(shape) : []),
    ...twice(shape),
    ...(calledOnce ? calledAgain(shape) : []),
  ];
  return found.filter((finding) => !isLater(shape, finding, step));
}

function isLater(
  shape: Shape,
  { rule, params, expected }: ShapeFinding,
  step: string | undefined,
): boolean {
  const told = shape.wanted(expected ?? null);
  // What hangs on nothing tells of the span above it, which never came.
  const wanted = rule === 'T-ORPHAN' ? shape.wanted(told?.parent ?? null) : told;
  const key = rule === 'A-KIND' ? KIND : params['key'];
  return wanted !== undefined && isAskedLater(wanted, step, key?.toString());
}

function inOrder(findings: readonly ShapeFinding[]): ShapeFinding[] {
  const gravity = ({ rule }: ShapeFinding) => SHAPE_RULES.indexOf(rule);
  return findings.toSorted((a, b) => gravity(a) - gravity(b));
}

/** Two runs with one mistake are told of it once. */
function distinct(findings: readonly ShapeFinding[]): ShapeFinding[] {
  const told = new Map<string, ShapeFinding>();
  for (const finding of findings) {
    const { rule, variant, params, expected } = finding;
    const words = JSON.stringify([rule, variant, params, expected]);
    if (!told.has(words)) told.set(words, finding);
  }
  return [...told.values()];
}

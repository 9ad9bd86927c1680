import { isAskedLater } from '../expected/asked-step.ts';
import type { ExpectedSpan, ExpectedTrace } from '../expected/expected-trace.ts';
import type { ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';
import { waterfall } from '../tree/waterfall.ts';
import { matchSpans } from './match-spans.ts';
import { ObservedSpans } from './observed-spans.ts';
import { marksMissing, marksOf, type OverlayMark } from './overlay-marks.ts';
import { isCutOff } from './rules/place.ts';
import { type Pair, Shape } from './shape.ts';

/** A line of the learner's trace with the expected one drawn over it. */
export interface OverlayRow {
  /**
   * `matched`: there as expected; `missing`: expected and not there; `later`: the same, and only a later step asks for it;
   * `own`: the learner's, not expected.
   */
  readonly is: 'matched' | 'missing' | 'later' | 'own';
  /** 0 for a root. */
  readonly depth: number;
  readonly name: string;
  readonly service: string;
  /** Microseconds after the overlay's start. Of a missing span it is guessed from those around it. */
  readonly start: number;
  readonly duration: number;
  readonly hasError: boolean;
  /** Absent for a missing span. */
  readonly span?: { readonly traceId: string; readonly spanId: string };
  /** The `id` of the expected span; absent for the learner's own. */
  readonly expected?: string;
  /** The row under which it should hang, where it hangs elsewhere. */
  readonly belongsUnder?: number;
  /** What is expected on it; none for the learner's own. */
  readonly marks: readonly OverlayMark[];
}

export interface Overlay {
  readonly rows: readonly OverlayRow[];
  /** Of the traces that are shown; those of the learner's that hold an expected span. */
  readonly traceIds: readonly string[];
  /** Microseconds since 1970. */
  readonly startTime: number;
  readonly duration: number;
}

/** Without a trace the missing spans lie in a picture of this length, in microseconds. */
const EMPTY_DURATION = 1_000_000;

/**
 * Lays the expected trace over the learner's: what is there, what is missing and where it would be, what hangs in the
 * wrong place. Rows are in the order of the learner's own tree; a missing span stands where it should hang.
 * @param step the last step of the lesson that counts; all of them if not given
 */
export function overlayTrace(
  expected: ExpectedTrace,
  traces: readonly ObservedTrace[],
  step?: string,
): Overlay {
  const seen = new ObservedSpans(traces);
  const shape = new Shape(expected, seen, matchSpans(expected, seen));
  const shown = tracesShown(shape, traces);
  const spans = shown.flatMap((trace) => trace.spans);
  const start = spans.length === 0 ? 0 : Math.min(...spans.map(({ startTime }) => startTime));
  const end = spans.length === 0 ? EMPTY_DURATION : Math.max(...spans.map(endTime));
  const drafts = shown.flatMap((trace) => draftsOf(shape, trace, step));
  for (const wanted of expected.spans)
    if (!shape.pair(wanted.id)) putIn(drafts, missingDraft(shape, wanted, [start, end], step));
  return {
    rows: drafts.map((draft) => finished(draft, drafts, start)),
    traceIds: shown.map(({ traceId }) => traceId),
    startTime: start,
    duration: Math.max(1, end - start),
  };
}

/** A row whose neighbours are not known yet. Times in microseconds since 1970. */
interface Draft extends Omit<OverlayRow, 'start' | 'belongsUnder'> {
  readonly startTime: number;
  readonly wanted?: ExpectedSpan;
  /** Whether it hangs where it does not belong. */
  readonly isMisplaced: boolean;
}

/** Those that hold an expected span, in order of time; without any the newest, so that something is seen. */
function tracesShown(shape: Shape, traces: readonly ObservedTrace[]): ObservedTrace[] {
  const startOf = ({ spans }: ObservedTrace) => Math.min(...spans.map((span) => span.startTime));
  const inOrder = traces
    .filter(({ spans }) => spans.length > 0)
    .toSorted((a, b) => startOf(a) - startOf(b));
  const holding = inOrder.filter((trace) => shape.pairs.some((pair) => pair.trace === trace));
  return holding.length > 0 ? holding : inOrder.slice(-1);
}

function draftsOf(
  shape: Shape,
  { spans, traceId }: ObservedTrace,
  step: string | undefined,
): Draft[] {
  return waterfall(spans).rows.map(({ index, depth }): Draft => {
    const span = spans[index] as ObservedSpan;
    const pair = shape.pairOf(span);
    return {
      is: pair ? 'matched' : 'own',
      depth,
      name: span.operationName,
      service: span.serviceName,
      startTime: span.startTime,
      duration: Math.max(0, span.duration),
      hasError: span.hasError,
      span: { traceId, spanId: span.spanId },
      ...(pair && { expected: pair.wanted.id, wanted: pair.wanted }),
      isMisplaced: pair !== undefined && isMisplaced(shape, pair),
      marks: pair ? marksOf(shape, pair, step) : [],
    };
  });
}

function isMisplaced(shape: Shape, pair: Pair): boolean {
  const parent = shape.pair(pair.wanted.parent);
  if (pair.wanted.parent === null) return false;
  return isCutOff(shape, pair) || shape.above(pair) !== parent || parent === undefined;
}

function missingDraft(
  shape: Shape,
  wanted: ExpectedSpan,
  [start, end]: readonly [number, number],
  step: string | undefined,
): Draft {
  const [from, to] = likelyTime(shape, wanted, start, end);
  return {
    is: isAskedLater(wanted, step) ? 'later' : 'missing',
    depth: depthOf(shape, wanted),
    name: wanted.name,
    service: wanted.service,
    startTime: from,
    duration: to - from,
    hasError: false,
    expected: wanted.id,
    wanted,
    isMisplaced: false,
    marks: marksMissing(wanted, step),
  };
}

function depthOf(shape: Shape, { parent }: ExpectedSpan): number {
  const above = shape.wanted(parent);
  return above ? depthOf(shape, above) + 1 : 0;
}

/** Around its children if there are any; else between the spans before and after it within its parent. */
function likelyTime(
  shape: Shape,
  wanted: ExpectedSpan,
  start: number,
  end: number,
): [number, number] {
  const children = shape.pairs.filter((pair) => pair.wanted.parent === wanted.id);
  if (children.length > 0)
    return [
      Math.min(...children.map(({ span }) => span.startTime)),
      Math.max(...children.map(({ span }) => endTime(span))),
    ];
  const above = shape.wanted(wanted.parent);
  const parent = above && shape.pair(above.id);
  const [from, to] = parent
    ? [parent.span.startTime, endTime(parent.span)]
    : above
      ? likelyTime(shape, above, start, end)
      : [start, end];
  const siblings = shape.expected.spans.filter((span) => span.parent === wanted.parent);
  const before = siblings.slice(0, siblings.indexOf(wanted));
  const after = siblings.slice(siblings.indexOf(wanted) + 1);
  const starts = before.flatMap(({ id }) => shape.pair(id) ?? []).map(({ span }) => endTime(span));
  const ends = after.flatMap(({ id }) => shape.pair(id) ?? []).map(({ span }) => span.startTime);
  const room = [Math.max(from, ...starts), Math.min(to, ...ends)] as const;
  const [left, right] = room[0] < room[1] ? room : [from, to];
  if (wanted.parent === null) return [left, right];
  // Missing brothers and sisters share the room; each stays a little within.
  const shared = siblings.filter(({ id }) => !shape.pair(id));
  const each = (right - left) / shared.length;
  const at = left + each * shared.indexOf(wanted);
  return [at + each * 0.06, at + each * 0.94];
}

/** Puts a missing span where it should hang: after what comes before it under its parent, else right under the parent. */
function putIn(drafts: Draft[], missing: Draft): void {
  const parentAt = drafts.findIndex(({ expected }) => expected === missing.wanted?.parent);
  const parent = drafts[parentAt];
  if (!parent) {
    drafts.unshift({ ...missing, depth: 0 });
    return;
  }
  let at = parentAt + 1;
  for (let i = at; i < drafts.length && (drafts[i]?.depth ?? 0) > parent.depth; i++) {
    const row = drafts[i] as Draft;
    if (row.depth === parent.depth + 1 && row.startTime >= missing.startTime) break;
    at = i + 1;
  }
  drafts.splice(at, 0, { ...missing, depth: parent.depth + 1 });
}

function finished(draft: Draft, drafts: readonly Draft[], start: number): OverlayRow {
  const { startTime, wanted, isMisplaced, ...row } = draft;
  const parentAt = drafts.findIndex(({ expected }) => expected === wanted?.parent);
  return {
    ...row,
    start: startTime - start,
    ...(isMisplaced && parentAt !== -1 && { belongsUnder: parentAt }),
  };
}

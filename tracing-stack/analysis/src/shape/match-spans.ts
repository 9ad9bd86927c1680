import type { ExpectedTrace } from '../expected/expected-trace.ts';
import type { ObservedSpan } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';
import { bestAssignment } from './best-assignment.ts';
import { type ObservedSpans, overlap, type SeenSpan } from './observed-spans.ts';
import { SpanFit } from './span-fit.ts';

/** Which span of the learner's is which expected one, by the `id` of the expected one. */
export type Matches = ReadonlyMap<string, SeenSpan>;

/** So many of the newest spans may be the one around which the others are looked for. */
const MOST_ANCHORS = 16;
const MOST_CANDIDATES = 24;
/** For what belongs to the same request as the anchor. Never outweighs a name. */
const SAME_TRACE = 12;
const SAME_TIME = 6;

/** Finds the expected spans among those of one request, or of the newest of several. Spans in `used` are left alone. */
export function matchSpans(
  expected: ExpectedTrace,
  seen: ObservedSpans,
  used: ReadonlySet<ObservedSpan> = new Set(),
): Matches {
  const fit = new SpanFit(expected, seen);
  const candidates = seen.all
    .filter(({ span }) => !used.has(span))
    .map((candidate) => ({ candidate, fits: fit.of(candidate) }))
    .filter(({ fits }) => fits.some((gain) => gain > 0));
  let best: { gain: number; start: number; matches: Matches } | undefined;
  for (const anchor of anchorsOf(candidates)) {
    const { gain, matches } = assigned(expected, candidates, anchor);
    const start = anchor.candidate.span.startTime;
    if (!best || gain > best.gain || (gain === best.gain && start > best.start))
      best = { gain, start, matches };
  }
  return best?.matches ?? new Map();
}

interface Candidate {
  readonly candidate: SeenSpan;
  /** In the order of the expected spans. */
  readonly fits: readonly number[];
}

/** The newest of those that fit the first expected span that anything fits. */
function anchorsOf(candidates: readonly Candidate[]): Candidate[] {
  const count = candidates[0]?.fits.length ?? 0;
  for (let at = 0; at < count; at++) {
    const fitting = candidates.filter(({ fits }) => (fits[at] ?? 0) > 0);
    if (fitting.length > 0)
      return fitting
        .toSorted((a, b) => b.candidate.span.startTime - a.candidate.span.startTime)
        .slice(0, MOST_ANCHORS);
  }
  return [];
}

function assigned(
  expected: ExpectedTrace,
  candidates: readonly Candidate[],
  { candidate: anchor }: Candidate,
): { gain: number; matches: Matches } {
  const gains = (each: Candidate) => {
    const bonus = nearness(each.candidate, anchor);
    return each.fits.map((fit) => (fit > 0 ? fit + bonus : 0));
  };
  const likely = likeliest(candidates.map((each) => ({ each, gains: gains(each) })));
  const columns = bestAssignment(
    expected.spans.map((_, row) => likely.map((column) => column.gains[row] ?? 0)),
  );
  const matches = new Map<string, SeenSpan>();
  let gain = 0;
  for (const [row, column] of columns.entries()) {
    const found = likely[column];
    const wanted = expected.spans[row];
    if (!found || !wanted) continue;
    matches.set(wanted.id, found.each.candidate);
    gain += found.gains[row] ?? 0;
  }
  return { gain, matches };
}

/** A program in a loop leaves thousands of spans; a few for each expected one are enough to choose from. */
function likeliest<C extends { readonly gains: readonly number[] }>(columns: readonly C[]): C[] {
  if (columns.length <= MOST_CANDIDATES) return [...columns];
  const chosen = new Set<C>();
  for (const row of columns[0]?.gains.keys() ?? [])
    for (const column of columns
      .toSorted((a, b) => (b.gains[row] ?? 0) - (a.gains[row] ?? 0))
      .slice(0, MOST_CANDIDATES / 2))
      chosen.add(column);
  return [...chosen];
}

function nearness({ span, trace }: SeenSpan, anchor: SeenSpan): number {
  if (trace === anchor.trace) return SAME_TRACE;
  if (overlap(span, anchor.span)) return SAME_TIME;
  const gap = Math.max(
    span.startTime - endTime(anchor.span),
    anchor.span.startTime - endTime(span),
  );
  // Of those that do not overlap, the one nearest in time; beyond a minute all are equally far.
  return SAME_TIME * 0.5 * Math.max(0, 1 - gap / 60_000_000);
}

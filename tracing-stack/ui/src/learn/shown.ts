import {
  type ExpectedTrace,
  endTime,
  judgeShape,
  newestRun,
  type ObservedTrace,
  type Overlay,
  overlayTrace,
} from '@spoor/analysis';
import type { FindingText, LessonText, VerdictText } from './lessons-client.ts';
import { inWords } from './rule-words.ts';

/** A finding as the page lists it, with its line in the picture. */
export interface ShownFinding extends FindingText {
  readonly tone: 'main' | 'also' | 'warning';
  /** Position in the overlay's rows; absent if it belongs to no line. */
  readonly row?: number;
}

/** What the page shows of the learner's work. */
export interface Shown {
  /**
   * `verdict`: what the judge said, with its traces. `shape`: newer spans than the judge's, judged here by their shape
   * alone. `arriving`: the same while spans may still come. `nothing`: neither.
   */
  readonly is: 'verdict' | 'shape' | 'arriving' | 'nothing';
  readonly overlay: Overlay;
  readonly findings: readonly ShownFinding[];
  /** With `shape`: the last step that counts. Absent if all do. */
  readonly upTo?: string;
}

/** A reporter flushes once a second; with that, and a second for a slow machine, nothing more is on its way. */
const SETTLES_AFTER = 3_000_000;

/**
 * Chooses between the judge's verdict and what arrived since. @param now microseconds since 1970
 * @param step the one that the learner is at: what only later ones ask for is not missing yet. None if all are passed
 */
export function shown(
  lesson: Pick<LessonText, 'expected' | 'rules' | 'number'>,
  verdict: VerdictText | undefined,
  traces: readonly ObservedTrace[],
  now: number,
  step?: string,
): Shown {
  const { expected } = lesson;
  const run = newestRun(traces, expected.traces);
  const isNewer = verdict === undefined || startOf(run) > verdict.at * 1000;
  if (run.length > 0 && isNewer) return fromShape(lesson, run, now, step);
  if (!verdict) return { is: 'nothing', overlay: overlayTrace(expected, [], step), findings: [] };
  return fromVerdict(expected, verdict, traces, step);
}

function fromVerdict(
  expected: ExpectedTrace,
  verdict: VerdictText,
  traces: readonly ObservedTrace[],
  step: string | undefined,
): Shown {
  const judged = traces.filter(({ traceId }) => verdict.traceIds.includes(traceId));
  const overlay = overlayTrace(expected, judged, step);
  const { finding, also, warnings } = verdict;
  return {
    is: 'verdict',
    overlay,
    findings: [
      ...(finding ? [withRow(finding, 'main', overlay)] : []),
      ...(also ? [withRow(also, 'also', overlay)] : []),
      ...warnings.map((warning) => withRow(warning, 'warning', overlay)),
    ],
  };
}

/** While spans may still be on their way, what is missing is no mistake yet. */
function fromShape(
  { expected, rules, number }: Pick<LessonText, 'expected' | 'rules' | 'number'>,
  run: readonly ObservedTrace[],
  now: number,
  step: string | undefined,
): Shown {
  const overlay = overlayTrace(expected, run, step);
  const own = `L${number}-SRV-REF`;
  const found = judgeShape(expected, run, {
    step,
    ...(own === 'L4-SRV-REF' && { serverReferenceRule: own }),
  });
  const newest = Math.max(...run.flatMap(({ spans }) => spans.map(endTime)));
  if (found.length > 0 && now - newest < SETTLES_AFTER)
    return { is: 'arriving', overlay, findings: [] };
  const findings = found
    .slice(0, 2)
    .map((finding, i) => withRow(inWords(finding, rules), i === 0 ? 'main' : 'also', overlay));
  return { is: 'shape', overlay, findings, ...(step && { upTo: step }) };
}

function startOf(run: readonly ObservedTrace[]): number {
  return Math.min(...run.flatMap(({ spans }) => spans.map(({ startTime }) => startTime)));
}

function withRow(
  finding: FindingText,
  tone: ShownFinding['tone'],
  { rows }: Overlay,
): ShownFinding {
  const { span, expected } = finding;
  const row = rows.findIndex(
    (each) =>
      (expected !== undefined && each.expected === expected) ||
      (span !== undefined &&
        each.span?.spanId === span.spanId &&
        each.span.traceId === span.traceId),
  );
  return { ...finding, tone, ...(row !== -1 && { row }) };
}

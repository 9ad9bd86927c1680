import type { ObservedSpan } from '../../jaeger-json/observed-trace.ts';
import { endTime } from '../../tree/trace-span.ts';
import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';

/** Start and length of a span are rounded to a microsecond each. */
const ROUNDING = 2;
/** An end that was given as `Date.now()`: cut down to a whole millisecond, by a clock that is read on its own. */
const GIVEN_END = 2000;
/** Clients that count whole milliseconds (jaeger-client, OpenTelemetry's starts) and the timers that they read late. */
const COARSE_CLOCK = 20_000;
/**
 * A server may well finish a little after its client has the answer, and two processes do not agree on the time. Only a
 * client that waited for less than half of the server's work did not wait.
 */
const OTHER_PROCESS = 120_000;

/** A parent that was finished while a child that it should wait for still ran; told once a parent. */
export function outlives(shape: Shape): ShapeFinding[] {
  const told = new Set<Pair>();
  return shape.pairs.flatMap((pair): ShapeFinding[] => {
    const parent = shape.pair(pair.wanted.parent);
    if (!parent || shape.above(pair) !== parent || told.has(parent)) return [];
    if (!isWaitedFor(shape, pair, parent)) return [];
    const over = endTime(pair.span) - endTime(parent.span);
    if (over <= slack(shape, pair, parent)) return [];
    told.add(parent);
    const params = { span: pair.wanted.name, parent: parent.wanted.name };
    return [{ rule: 'T-OUTLIVES', params, ...at(parent) }];
  });
}

/**
 * ChildOf all the way: nobody waits for what follows from something. Inside one service that is the learner's to say, as
 * no trace tells a call whose outcome is used from one that was over soon by chance.
 */
function isWaitedFor(shape: Shape, { span }: Pair, parent: Pair): boolean {
  const way = [span, ...[...shape.seen.ancestors(span)].map((above) => above.span)];
  return way
    .slice(0, way.indexOf(parent.span))
    .every(({ parentReference }) => parentReference !== 'FOLLOWS_FROM');
}

function slack(shape: Shape, { span }: Pair, { span: parent }: Pair): number {
  if (!isSameProcess(span, parent)) return Math.max(OTHER_PROCESS, span.duration / 2);
  if (hasCoarseClock(shape, span) || hasCoarseClock(shape, parent)) return COARSE_CLOCK;
  return endsOnMillisecond(span) || endsOnMillisecond(parent) ? GIVEN_END : ROUNDING;
}

function endsOnMillisecond(span: ObservedSpan): boolean {
  const rest = endTime(span) % 1000;
  return Math.min(rest, 1000 - rest) <= ROUNDING;
}

function isSameProcess(a: ObservedSpan, b: ObservedSpan): boolean {
  const [one, other] = [a.processTags['client-uuid'], b.processTags['client-uuid']];
  if (one !== undefined && one === other) return true;
  return a.serviceName === b.serviceName;
}

/** All that its service sent starts at whole milliseconds. */
function hasCoarseClock(shape: Shape, { serviceName }: ObservedSpan): boolean {
  return shape.seen.all.every(
    ({ span }) => span.serviceName !== serviceName || span.startTime % 1000 === 0,
  );
}

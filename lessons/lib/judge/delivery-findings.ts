import { basename } from 'node:path';
import type { ObservedTrace } from '@spoor/analysis';
import type { SentBatch } from '../harness/sent-batch.ts';
import { isTapped, type TapEvent, type Tapped } from '../harness/tap-event.ts';
import type { Run } from './run.ts';
import { type SpanFacts, spanFacts } from './span-facts.ts';
import type { Finding, RuleParams } from './verdict.ts';

export interface DeliveryExpectation {
  /** The service whose tracer the program must have. */
  readonly service?: string;
  /** The agent that the program was told of. */
  readonly agent?: { readonly port: number };
  /**
   * Operation names that the lesson asks for. Others may be started for whatever purpose, and left so, or still be on
   * their way, if nothing hangs below them.
   */
  readonly names: ReadonlySet<string>;
  /** Those of them that are to hold a log. */
  readonly logged?: ReadonlySet<string>;
}

/** The agent's port for binary Thrift, on every machine: the variables name only the other one. */
const BINARY_PORT = 6832;
/** As Node says it, and so every client. */
const UNKNOWN_HOST = /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+?)[.,;:)]*(?:\s|$)/;

/**
 * What went wrong between the tracers of a run and the store: the first class that explains everything, so at most one
 * finding. `traces` are those of this run.
 */
export function deliveryFindings(
  run: Run,
  traces: readonly ObservedTrace[],
  expected: DeliveryExpectation,
): Finding[] {
  const facts = spanFacts(run);
  const file = basename(run.file);
  const arrived = new Set(traces.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)));
  const { started, finished, sampled } = facts;
  const params = { file, finished: sampled, arrived: arrived.size };
  const one = (rule: Finding['rule'], more: RuleParams = {}, variant?: string): Finding[] => [
    { rule, params: { ...params, ...more }, ...(variant && { variant }) },
  ];

  const disabled = isDisabled(run, facts);
  if (started === 0 || disabled) {
    const refused = run.tap.find((event) => isTapped(event, 'tracer-refused'));
    if (refused) return one('T-NOOP', { error: refused.error }, 'REFUSED');
    if (disabled) return one('T-NOOP', {}, 'DISABLED');
    const unset = askedOfNobody(run);
    if (unset !== undefined) return one('T-NOOP', { span: unset }, 'GLOBAL');
    return isMadeForNobody(run) ? one('T-NOOP', {}, 'UNUSED') : one('T-NOOP');
  }
  const { service, names } = expected;
  if (service !== undefined && !facts.services.has(service)) {
    const [actual = ''] = facts.services;
    return one('P-SERVICE', { expected: service, actual });
  }
  if (finished > 0 && sampled === 0) {
    const finishes = run.tap.filter((event) => isTapped(event, 'finish'));
    const givenUp = finishes.find(({ isGivenUp }) => isGivenUp);
    const span = givenUp?.operationName ?? '';
    return one('S-NOTSAMPLED', { finished, span }, givenUp && 'PRIORITY');
  }
  const parents = new Set(traces.flatMap(({ spans }) => spans.map(({ parentId }) => parentId)));
  const isWanted = ({ operationName, spanId }: Tapped<'start' | 'finish'>) =>
    names.has(operationName) || parents.has(spanId);
  const isOfItsLife = (span: Tapped<'start'>) =>
    !names.has(span.operationName) && lastsAsLongAs(run, span);
  const outlived = outlivedParent(run, facts, isWanted);
  if (outlived) return one('T-OUTLIVES', outlived);
  const [open] = facts.unfinished.filter((span) => isWanted(span) && !isOfItsLife(span));
  if (started > finished && open) {
    const other = sharedWith(run, facts, open);
    if (other !== undefined)
      return one('T-UNFINISHED', { span: open.operationName, actual: other }, 'SHARED');
    return one('T-UNFINISHED', { span: open.operationName }, whyOpen(run, open, expected));
  }
  if (arrived.size >= sampled) return [];
  const finishes = run.tap.filter((event) => isTapped(event, 'finish'));
  const missed = finishes.filter((span) => span.sampled && !arrived.has(span.spanId));
  const wantedArrived = finishes.some((span) => arrived.has(span.spanId) && isWanted(span));
  if (wantedArrived && missed.length > 0 && !missed.some(isWanted)) return [];

  const lost = facts.sent.filter(({ spans }) => spans.every(({ spanId }) => !arrived.has(spanId)));
  const wrong = lost.map((batch) => wrongDoor(batch, expected)).find((door) => door !== undefined);
  if (wrong) return one('R-WRONGPORT', { port: wrong.port, actual: wrong.port }, wrong.variant);
  const closed = facts.droppedClosed > 0 ? 'CLOSED' : undefined;
  // Neither the socket nor the collector took them: there is no such host, or nobody there.
  const untaken = run.counters.some(({ counters }) => counters.droppedUnsent > 0);
  const host = untaken ? unknownHost(run) : undefined;
  if (host !== undefined) return one('R-WRONGPORT', { port: '', actual: host }, 'UNKNOWN-HOST');
  if (untaken && arrived.size === 0) return one('R-WRONGPORT', { port: '', actual: '' });
  // What was handed over just before process.exit never left: looking up a host takes a while.
  const gone = (batch: SentBatch) =>
    lost.includes(batch) && run.tap.some(({ type, at }) => type === 'exit' && at >= batch.at);
  const left = facts.sent.filter((batch) => !gone(batch));
  if (left.length === 0) return one('R-NOFLUSH', {}, closed ?? whyUnsent(run));
  if (arrived.size === 0 && lost.length > 0) return one('R-WRONGPORT', { port: '', actual: '' });
  const unclosed = closed ? undefined : openTracers(run, missed);
  if (unclosed) return one('R-PARTIAL', unclosed, 'TRACERS');
  return one('R-PARTIAL', {}, closed ?? (isCutOff(run, missed) ? 'CLOSING' : undefined));
}

/** The machine that the client could not find: only it knows, and says so. */
function unknownHost({ lines }: Run): string | undefined {
  return lines.flatMap((line) => UNKNOWN_HOST.exec(line)?.[1] ?? [])[0];
}

/**
 * What was finished once too often in the place of `open`: as many finishes are too many as are missing, and each came
 * of a span that was started while `open` was under way. Two spans take turns in one variable then.
 */
function sharedWith(
  { tap }: Run,
  { unfinished, finishedAgain }: SpanFacts,
  open: Tapped<'start'>,
): string | undefined {
  const again = tap.filter((event) => isTapped(event, 'finish-again'));
  if (again.length === 0 || finishedAgain !== unfinished.length) return undefined;
  const starts = tap.filter((event) => isTapped(event, 'start'));
  const later = starts.slice(starts.indexOf(open) + 1).map(({ spanId }) => spanId);
  return again.find(({ spanId }) => later.includes(spanId))?.operationName;
}

/** The tracers of what is missed were being closed when the program ended itself. */
function isCutOff({ tap }: Run, missed: readonly Tapped<'finish'>[]): boolean {
  const closes = tap.filter((event) => isTapped(event, 'close'));
  const isClosing = missed.every((span) =>
    closes.some(({ clientUuid }) => clientUuid === span.clientUuid),
  );
  return missed.length > 0 && isClosing && tap.some(({ type }) => type === 'exit');
}

/** What ended the function of a span that was left open: of use for the wording only. */
function whyOpen(
  { tap }: Run,
  span: Tapped<'start'>,
  { logged }: DeliveryExpectation,
): string | undefined {
  const { operationName, spanId } = span;
  if (hasTwin(tap, span)) return 'TWICE';
  if (tap.some(({ type }) => type === 'exit')) return 'EXIT';
  const hasLog = tap.some((event) => event.type === 'log' && event.spanId === spanId);
  return logged?.has(operationName) && !hasLog ? 'STOPPED' : undefined;
}

/** startSpanFromContext was called twice in a row: what hangs below `open` knows its context, another span was used. */
function hasTwin(tap: readonly TapEvent[], open: Tapped<'start'>): boolean {
  const starts = tap.filter((event) => isTapped(event, 'start'));
  const at = starts.findIndex(({ spanId }) => spanId === open.spanId);
  const isTakenApart = ({ spanId }: Tapped<'start'>) =>
    tap.some((event) => isTapped(event, 'pair-taken-apart') && event.spanId === spanId);
  const hasChild = ({ spanId }: Tapped<'start'>) =>
    starts.some(({ parentId }) => parentId === spanId);
  if (!isTakenApart(open) || !hasChild(open)) return false;
  return [starts[at - 1], starts[at + 1]].some(
    (other) =>
      other?.operationName === open.operationName &&
      other.parentId === open.parentId &&
      isTakenApart(other) &&
      !hasChild(other),
  );
}

/** Of a program that ended by itself: whether a tracer was closed, and which. Of use for the wording only. */
function whyUnsent({ tap, ending }: Run): string | undefined {
  const used = new Set(
    tap.filter((event) => isTapped(event, 'finish')).map(({ clientUuid }) => clientUuid),
  );
  if (ending === undefined || used.size === 0) return undefined;
  const closes = tap.filter((event) => isTapped(event, 'close'));
  if (closes.some(({ clientUuid }) => used.has(clientUuid))) return 'CLOSING';
  if (tap.some(({ type }) => type === 'exit')) return undefined;
  return closes.length === 0 ? 'UNCLOSED' : 'OTHER-TRACER';
}

/** A tracer of ours was made, and the spans were started on another, which does nothing. */
function isMadeForNobody({ tap, counters }: Run): boolean {
  return counters.length > 0 && tap.some(({ type }) => type === 'noop-start');
}

/** The first span, if all were asked of the global tracer, and nobody had set that. */
function askedOfNobody({ tap }: Run): string | undefined {
  const asked = tap.filter((event) => isTapped(event, 'noop-start'));
  return asked.every(({ isGlobal }) => isGlobal) ? asked[0]?.operationName : undefined;
}

/** Of several tracers some were closed, and what is missed is all of the others. */
function openTracers(run: Run, missed: readonly Tapped<'finish'>[]): RuleParams | undefined {
  const used = run.tap.filter((event) => isTapped(event, 'finish'));
  const tracers = new Set(used.map(({ clientUuid }) => clientUuid));
  const closes = run.tap.filter((event) => isTapped(event, 'close'));
  const closed = new Set(
    closes.map(({ clientUuid }) => clientUuid).filter((id) => tracers.has(id)),
  );
  const isOpen = missed.length > 0 && missed.every(({ clientUuid }) => !closed.has(clientUuid));
  return closed.size > 0 && isOpen ? { count: tracers.size, actual: closed.size } : undefined;
}

/** A service that has a span for its own life, begun before it listens, finishes it at its end. */
function lastsAsLongAs({ tap, ending }: Run, { at }: Tapped<'start'>): boolean {
  const listens = tap.find((event) => isTapped(event, 'listen'));
  return ending === undefined && listens !== undefined && at <= listens.at;
}

/** A tracer of ours that was told to do nothing keeps nothing, and does not even count. */
function isDisabled(run: Run, { sampled, finished }: SpanFacts): boolean {
  if (run.ending === undefined || run.counters.length > 0 || sampled > 0 || finished === 0)
    return false;
  const starts = run.tap.filter((event) => isTapped(event, 'start'));
  return starts.length > 0 && starts.every(({ client }) => client === 'spoor');
}

/** Does no harm, and is told all the same. */
export function deliveryWarnings(run: Run): Finding[] {
  if (spanFacts(run).finishedAgain === 0) return [];
  const again = run.tap.find((event) => isTapped(event, 'finish-again'));
  const span = again?.operationName ?? '';
  return [{ rule: 'T-DOUBLE', params: { file: basename(run.file), span } }];
}

/**
 * A span that was finished too late to be sent, and whose parent had long been finished: it was not awaited. That is
 * more than "finished after the close", and the same as in a trace that arrived.
 */
function outlivedParent(
  run: Run,
  { droppedClosed, late }: SpanFacts,
  isWanted: (span: Tapped<'finish'>) => boolean,
): RuleParams | undefined {
  if (droppedClosed === 0) return undefined;
  const finishes = run.tap.filter((event) => isTapped(event, 'finish'));
  const begun = run.tap.filter((event) => isTapped(event, 'start')).map(({ spanId }) => spanId);
  // The one that began first is the call that was not awaited; others came of it.
  const inOrder = late.toSorted((a, b) => begun.indexOf(a.spanId) - begun.indexOf(b.spanId));
  for (const span of inOrder.filter(isWanted)) {
    const parent = finishes.find(({ spanId }) => spanId === span.parentId);
    if (parent && parent.at < span.at && !late.includes(parent))
      return { span: span.operationName, parent: parent.operationName };
  }
  return undefined;
}

function wrongDoor(
  { door, encoding }: SentBatch,
  { agent }: DeliveryExpectation,
): { port: string | number; variant: string } | undefined {
  if (door.kind === 'collector') return { port: door.url, variant: 'COLLECTOR' };
  const { port } = door;
  const takes =
    port === agent?.port || (agent === undefined && port === 6831)
      ? 'compact'
      : port === BINARY_PORT
        ? 'binary'
        : undefined;
  if (takes === undefined) return { port, variant: 'ELSEWHERE' };
  return takes === encoding ? undefined : { port, variant: 'ENCODING' };
}

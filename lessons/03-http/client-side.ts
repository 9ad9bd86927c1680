import { basename } from 'node:path';
import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { isTapped, type TapEvent } from '../lib/harness/tap-event.ts';
import { atStep } from '../lib/judge/at-step.ts';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { endFindings, isGood } from '../lib/probes/answer-findings.ts';
import { CONTEXT_KEY, carriedBaggage, carriedContext } from '../lib/probes/carried-context.ts';
import { baggageFindings, injectFindings } from '../lib/probes/carried-findings.ts';
import { errorFindings } from '../lib/probes/error-findings.ts';
import { isOneOf, joined, sameId, whyApart } from '../lib/probes/joined.ts';
import { answers, mostAlike } from '../lib/probes/repeated.ts';
import { spansOf, tracesOf } from '../lib/probes/spans-of.ts';
import {
  ANSWER,
  BAGGAGE,
  type FailedCall,
  STUB_DELAY_MS,
  type StubbedAtOnce,
  type StubbedCall,
} from './probes.ts';
import { orderFindings } from './work-order.ts';

export const CALL_NAME = 'CallHttpService1Opname';
const FRONT_NAME = 'jaegerHttpOpname';
/** How long the first service works when it has the answer of the second, unscaled. */
const WORK_MS = 1000;
/** Two processes read the time of one machine. */
const CLOCKS_APART_MS = 20;
/** On which span the lesson sets which item. */
const BAGGAGE_HOLDERS = [
  ['baggage', FRONT_NAME, 'L3-CLI-BAGGAGE'],
  ['baggage1', CALL_NAME, 'L3-CLI-BAGGAGE1'],
] as const;

export interface CallCircumstances {
  /** Of the stub. */
  readonly port: number;
  /** Of the programs' `sleep`s. */
  readonly scale: number;
  /** The traces of other requests. */
  readonly earlier: readonly ObservedTrace[];
}

/** What the first service sends with its call, and for how long its span waits for the answer. */
export function callFindings(
  client: Run,
  { seen, request, requests, answeredAt }: StubbedCall,
  { port, scale, earlier }: CallCircumstances,
): StepFinding[] {
  const ended = endFindings(client);
  if (ended.length > 0) return atStep('3.2', ended);
  if (!request) return [];
  const spans = spansOf(client, seen.spans);
  const clientSpan = callSpanOf(spans, carriedContext(request.headers)?.spanId);
  const short = clientSpan ? shortFindings(clientSpan, answeredAt) : [];
  const carried = { keys: request.headers, tap: seen.tapOf(client), spans, clientSpan, port };
  const twice = [
    ...twiceFindings(CALL_NAME, mostAlike(spans, CALL_NAME), requests),
    ...calledBeside(spans, requests),
  ];
  const isShort = short.length > 0;
  const calledLate = isShort ? [] : answeredFirst(seen.tapOf(client), answeredAt);
  const ofWork = isShort
    ? []
    : orderFindings(seen.tapOf(client), FRONT_NAME, { workMs: WORK_MS, scale });
  const first = calledLate.length > 0 ? calledLate : ofWork;
  const early = clientSpan && !isShort ? loggedEarly(clientSpan, answeredAt) : [];
  const ofSpan = atStep('3.1', [...short, ...first, ...early, ...twice]);
  const sent = carriedContext(request.headers)?.traceId;
  if (!isOneOf(sent, seen.traces) && isOneOf(sent, earlier))
    return [...ofSpan, ...atStep('3.2', [globalFinding(client, 'KEPT')])];
  const inject = injectFindings(carried, { missing: 'L3-CLI-INJECT', wrong: 'L3-CLI-WRONGCTX' });
  if (inject.length > 0) return [...ofSpan, ...atStep('3.2', inject)];
  const items = Object.keys(BAGGAGE);
  const ofCall = baggageFindings(carried, 'baggage1', 'L3-CLI-BAGGAGE1', items);
  const ofFront = baggageFindings(carried, 'baggage', 'L3-CLI-BAGGAGE', items);
  return [...ofSpan, ...atStep('3.4', ofCall.length > 0 ? ofCall : ofFront)];
}

/** Whether the first service continues the traces of two callers at once, each for itself. */
export function callersFindings(
  client: Run,
  { callers, seen, requests }: StubbedAtOnce,
): StepFinding[] {
  const ended = endFindings(client);
  if (ended.length > 0) return atStep('3.5', ended);
  const traces = tracesOf(client, seen.traces);
  const hows = callers.map((caller) => joined(caller, traces));
  const { port = 0 } = client;
  if (hows.every(({ kind }) => kind === 'apart')) {
    const [caller] = callers;
    const variant = caller && whyApart(caller, seen.tapOf(client));
    return atStep('3.5', [
      { rule: 'L3-CLI-EXTRACT', ...(variant && { variant }), params: { port } },
    ]);
  }
  for (const how of hows)
    if (how.kind === 'follower')
      return atStep('3.5', [
        { rule: 'L3-SRV-REF', params: { span: how.span.operationName, port } },
      ]);
  const counts = callers.map((caller) => answers(caller, traces, FRONT_NAME));
  // Two in the trace of one caller and none in that of the other: nothing was traced twice.
  if (counts.includes(0) && counts.some((count) => count > 1)) {
    const extracts = seen.tapOf(client).filter((event) => isTapped(event, 'extract'));
    const isOnce = extracts.filter(({ context }) => context !== undefined).length === 1;
    return atStep('3.5', [globalFinding(client, isOnce ? 'JOINED' : undefined)]);
  }
  const twice = counts.flatMap((count) => twiceFindings(FRONT_NAME, count, 1));
  if (twice.length > 0) return atStep('3.5', twice.slice(0, 1));
  // The front span of each is there; the call must be, too, and of one caller as of the other.
  const calls = callers.map(({ traceId }) => callSpanOf(spansIn(traceId, traces)));
  const isMixed =
    hows.some(({ kind }) => kind !== 'child') ||
    (calls.includes(undefined) && calls.some((call) => call !== undefined)) ||
    callers.some((caller) => requests.some(({ headers }) => isMixedUp(caller, callers, headers)));
  if (isMixed) return atStep('3.5', [globalFinding(client)]);
  const passedOn = callers.find((caller) =>
    requests.some(({ headers }) => isPassedOn(caller, headers)),
  );
  if (passedOn) {
    const params = { span: CALL_NAME, expected: '', actual: passedOn.spanId, port };
    return atStep('3.5', [{ rule: 'L3-CLI-WRONGCTX', variant: 'CALLER', params }]);
  }
  if (!callers.some((caller) => isBesideFront(caller, spansIn(caller.traceId, traces)))) return [];
  const params = { span: CALL_NAME, expected: FRONT_NAME, port };
  return atStep('3.5', [{ rule: 'T-PARENT', variant: 'CALLER', params }]);
}

/** What the caller wrote into its headers goes out again, in place of what inject wrote, or beside it. */
function isPassedOn(
  { traceId, spanId, headers: sent }: StubbedAtOnce['callers'][number],
  headers: StubbedAtOnce['requests'][number]['headers'],
): boolean {
  const context = carriedContext(headers);
  if (context) return sameId(context.traceId, traceId) && sameId(context.spanId, spanId);
  const values = headers[CONTEXT_KEY] ?? [];
  return values.some((value) => value.includes(sent[CONTEXT_KEY] ?? '\0'));
}

/** What came from the caller was handed on to the call, in place of the span that answers. */
function isBesideFront(
  { spanId }: StubbedAtOnce['callers'][number],
  spans: readonly ObservedSpan[],
): boolean {
  const below = spans.filter(({ parentId }) => sameId(parentId, spanId));
  return [FRONT_NAME, CALL_NAME].every((name) =>
    below.some(({ operationName }) => operationName === name),
  );
}

/** One request, and several spans that stand for it. */
export function twiceFindings(span: string, count: number, expected: number): Finding[] {
  if (count <= expected) return [];
  return [{ rule: 'T-EXTRA', params: { span, expected, count } }];
}

/** @param variant `KEPT`: seen by requests that came one after the other; `JOINED`: one caller's context is that of all */
export function globalFinding(run: Run, variant?: 'KEPT' | 'JOINED'): Finding {
  const service = run.name;
  return {
    rule: 'L3-CLI-GLOBAL',
    ...(variant && { variant }),
    params: { file: basename(run.file), service, port: run.port ?? 0 },
  };
}

/** Whether the span of a call shows that the call failed, and the one above it is finished all the same. */
export function failureFindings(client: Run, calls: readonly FailedCall[]): StepFinding[] {
  const ended = endFindings(client);
  if (ended.length > 0) return atStep('3.6', ended);
  for (const { seen, request, how } of calls) {
    if (!request) continue;
    const spans = spansOf(client, seen.spans);
    const span = callSpanOf(spans);
    const findings: Finding[] = span
      ? errorFindings(span, how === '500' ? 'STATUS' : 'HANG-UP', client.tap, spans)
      : [{ rule: 'X-ERROR', variant: 'UNFINISHED', params: { span: CALL_NAME } }];
    if (findings.length > 0) return atStep('3.6', alike(findings, client, calls));
  }
  const open = calls.flatMap(({ seen }) => leftOpen(client, seen));
  const unanswered = calls.some(({ seen }) => seen.result.kind === 'silent');
  return atStep('3.6', [...open, ...(unanswered ? [unansweredFinding(client)] : [])].slice(0, 1));
}

/** A call that shows nothing whether it was answered 500 or hung up on has no way out for errors at all. */
function alike(
  findings: readonly Finding[],
  client: Run,
  calls: readonly FailedCall[],
): readonly Finding[] {
  const [{ rule, variant, params } = { rule: undefined }] = findings;
  const isBlind = calls.every(({ seen }) => {
    const span = callSpanOf(spansOf(client, seen.spans));
    return span && errorFindings(span, 'STATUS').some((each) => each.variant === 'STATUS');
  });
  return rule === 'X-ERROR' && variant === 'STATUS' && isBlind
    ? [{ rule, variant: 'BOTH', params }]
    : findings;
}

/** Whoever called waits for ever, though nothing is under way any more. */
function unansweredFinding({ port = 0 }: Run): Finding {
  return { rule: 'X-ERROR', variant: 'UNANSWERED', params: { span: FRONT_NAME, port } };
}

/** The call failed and shows it, and whoever asked is told that all went well: that may be meant. */
export function toldWell({ port = 0 }: Run, calls: readonly FailedCall[]): Finding[] {
  for (const { seen, request } of calls) {
    const { result } = seen;
    if (!request || !isGood(result) || result.kind !== 'answered') continue;
    const params = { span: FRONT_NAME, port, actual: result.status };
    return [{ rule: 'X-ERROR', variant: 'ANSWERED-OK', params }];
  }
  return [];
}

/** Baggage that arrives, and was set on another span than the lesson sets it on. */
export function baggageElsewhere(client: Run, { seen }: StubbedCall): Finding[] {
  const { port = 0 } = client;
  const spans = spansOf(client, seen.spans);
  return BAGGAGE_HOLDERS.flatMap(([key, span, rule]): Finding[] => {
    const holders = spans.filter(({ logs }) =>
      logs.some(({ fields }) => fields['event'] === 'baggage' && fields['key'] === key),
    );
    const [holder] = holders;
    const isWanted = holders.some(({ operationName }) => operationName === span);
    if (!holder || isWanted || !spans.some(({ operationName }) => operationName === span))
      return [];
    const params = { key, span, actual: holder.operationName, port };
    return [{ rule, variant: 'ELSEWHERE', params }];
  });
}

/** The span that answers belongs to the request that fails, too; the tap saw it begin, and to this day not end. */
function leftOpen(client: Run, { tapOf }: FailedCall['seen']): Finding[] {
  const finished = new Set(
    client.tap.filter((event) => isTapped(event, 'finish')).map(({ spanId }) => spanId),
  );
  return tapOf(client)
    .filter((event) => isTapped(event, 'start'))
    .filter(({ operationName, spanId }) => operationName === FRONT_NAME && !finished.has(spanId))
    .map(() => ({ rule: 'X-ERROR', variant: 'UNFINISHED', params: { span: FRONT_NAME } }));
}

/** The trace of one caller, with the baggage of another. */
function isMixedUp(
  caller: StubbedAtOnce['callers'][number],
  callers: StubbedAtOnce['callers'],
  headers: StubbedAtOnce['requests'][number]['headers'],
): boolean {
  const context = carriedContext(headers);
  if (!sameId(context?.traceId, caller.traceId)) return false;
  // A program that writes its headers by hand may not know of the caller's item at all.
  return callers.some(
    (other) =>
      other !== caller &&
      Object.entries(other.baggage).some(([key, value]) => carriedBaggage(headers, key) === value),
  );
}

/**
 * The span of the call, whatever its name: it says that it is a client, or hangs below the one that asks. Of several
 * calls it is the one whose context travelled (`carried`), or the first.
 */
export function callSpanOf(
  all: readonly ObservedSpan[],
  carried?: string,
): ObservedSpan | undefined {
  const spans = all.toSorted(
    (a, b) =>
      Number(sameId(b.spanId, carried)) - Number(sameId(a.spanId, carried)) ||
      a.startTime - b.startTime,
  );
  const parents = new Set(spans.map(({ parentId }) => parentId));
  return (
    spans.find(({ operationName }) => operationName === CALL_NAME) ??
    spans.find(({ operationName }) => operationName.toLowerCase() === CALL_NAME.toLowerCase()) ??
    spans.find(({ tags }) => tags['span.kind'] === 'client') ??
    spans.find(({ tags }) => 'http.url' in tags) ??
    (spans.length > 1
      ? spans.find(
          ({ spanId, parentId }) =>
            !parents.has(spanId) && spans.some((other) => other.spanId === parentId),
        )
      : undefined)
  );
}

function spansIn(traceId: string, traces: ReturnType<typeof tracesOf>): readonly ObservedSpan[] {
  return traces.find((trace) => sameId(trace.traceId, traceId))?.spans ?? [];
}

/** One request brought about two calls, and one of them knows nothing of the request: it hangs under nothing. */
function calledBeside(spans: readonly ObservedSpan[], requests: number): Finding[] {
  const calls = spans.filter(({ operationName }) => operationName === CALL_NAME);
  const roots = calls.filter(({ parentId }) => parentId === undefined);
  if (requests < 2 || roots.length === 0 || roots.length === calls.length) return [];
  const params = { span: CALL_NAME, expected: 1, count: calls.length };
  return [{ rule: 'T-EXTRA', variant: 'BESIDE', params }];
}

/** The first service had answered before the stub had, and its span went on until after that. */
function answeredFirst(tap: readonly TapEvent[], stubAnsweredAt: number): Finding[] {
  const before = ({ at }: TapEvent) => at * 1000 < stubAnsweredAt - CLOCKS_APART_MS * 1000;
  const answer = tap.find((event) => isTapped(event, 'answer'));
  const finish = tap.find(
    (event) => isTapped(event, 'finish') && event.operationName === FRONT_NAME,
  );
  if (!answer || !finish || !before(answer) || before(finish)) return [];
  return [{ rule: 'D-LONG', variant: 'FRONT', params: { span: FRONT_NAME } }];
}

/** The log that holds the answer was written while the stub still kept it back: it is no answer that it holds. */
function loggedEarly({ operationName, logs }: ObservedSpan, answeredAt: number): Finding[] {
  const bodies = logs.filter(({ fields }) => fields['body'] === ANSWER);
  const last = Math.max(...bodies.map(({ timestamp }) => timestamp));
  if (bodies.length === 0 || last >= answeredAt - (STUB_DELAY_MS * 1000) / 2) return [];
  const params = { span: operationName, expected: `body=${ANSWER}` };
  return [{ rule: 'A-LOG', variant: 'EARLY', params }];
}

/** The stub took its time; a span that waited for its answer ended after it. Clocks may differ by half of that time. */
function shortFindings(
  { operationName, startTime, duration }: ObservedSpan,
  answeredAt: number,
): Finding[] {
  if (startTime + duration >= answeredAt - (STUB_DELAY_MS * 1000) / 2) return [];
  return [{ rule: 'D-SHORT', params: { span: operationName } }];
}

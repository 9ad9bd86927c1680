import { basename } from 'node:path';
import type { ObservedSpan } from '@spoor/analysis';
import { isTapped, type TapEvent } from '../lib/harness/tap-event.ts';
import { atStep } from '../lib/judge/at-step.ts';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { Run } from '../lib/judge/run.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { endFindings } from '../lib/probes/answer-findings.ts';
import type { Caller } from '../lib/probes/caller.ts';
import { echoFindings, extractFindings } from '../lib/probes/extracted-findings.ts';
import type { Greeting } from '../lib/probes/grpc-call.ts';
import { joined, sameId } from '../lib/probes/joined.ts';
import { answers } from '../lib/probes/repeated.ts';
import { tracesOf } from '../lib/probes/spans-of.ts';
import { startedNone } from '../lib/probes/started-none.ts';
import type { Observation } from '../lib/probes/watch.ts';
import { BAGGAGE, METHOD_TAKES_MS, PART_DELAY_MS, type PlayedCalls } from './probes.ts';

const NAME = '/protos.Greeter/SayHello';
const ECHO_RULES = { hardcoded: 'L4-SRV-HARDCODED', missing: 'L4-SRV-BAGGAGE' } as const;

/**
 * Whether the server continues its caller's trace, for as long as the call takes, and hands its span to the method. Asked
 * when the server has ended and its counters are there.
 */
export function serverFindings(
  server: Run,
  service: string,
  { one, slow }: { readonly one: PlayedCalls; readonly slow: PlayedCalls },
): StepFinding[] {
  const { callers, names, seen } = one;
  const [caller] = callers;
  const [greeting] = seen.result;
  if (!caller || !greeting) return [];
  const { answer, requestedAt } = greeting;
  if (answer.kind === 'failed') {
    const params = { file: basename(server.file), error: answer.details };
    return atStep('4.3', [{ rule: 'W-CRASH', variant: 'ANSWER', params }]);
  }
  const traces = tracesOf(server, seen.traces);
  const received = { caller, traces, tap: seen.tapOf(server), port: server.port ?? 0 };
  const rules = { apart: 'L4-SRV-EXTRACT', follows: 'L4-SRV-REF' } as const;
  const extract = extractFindings(received, rules);
  const span = serverSpanOf(traces.flatMap(({ spans }) => spans));
  const spans = traces.flatMap((trace) => trace.spans);
  const early = [
    ...(span ? earlyFindings(span, requestedAt - (PART_DELAY_MS * 1000) / 2) : []),
    ...slowFindings(server, slow),
  ].slice(0, 1);
  const echo = extract.length > 0 ? [] : echoFindings(received, NAME, BAGGAGE, ECHO_RULES);
  // A span that has ended takes no log any more.
  const context =
    span && early.length === 0
      ? contextFindings(span, spans, { name: names[0] ?? '', requestedAt }, received.tap)
      : [];
  const count = answers(caller, traces, NAME);
  const params = { span: NAME, service, expected: 1, count };
  const twice: Finding[] = count > 1 ? [{ rule: 'L4-SRV-TWICE', params }] : [];
  return [...atStep('4.3', [...extract, ...twice, ...echo, ...early]), ...context];
}

/** Whether a caller without a trace is served as any other: it is answered, and its span is a root. */
export function untracedFindings(
  server: Run,
  { result: { answer }, tapOf }: Observation<Greeting>,
): StepFinding[] {
  const variant =
    answer.kind === 'failed' ? 'REFUSED' : startedNone(server, tapOf(server)) && 'NO-ROOT';
  if (!variant) return [];
  const [crash] = endFindings(server);
  const actual = crash?.params['error'] ?? (answer.kind === 'failed' ? answer.details : '');
  const params = { port: server.port ?? 0, actual };
  return atStep('4.3', [{ rule: 'L4-SRV-EXTRACT', variant, params }]);
}

/** Whether what is right for one caller is right for several at once. */
export function serverAtOnceFindings(
  server: Run,
  { callers, names, seen }: PlayedCalls,
): StepFinding[] {
  const traces = tracesOf(server, seen.traces);
  const tap = seen.tapOf(server);
  const isMixed = callers.some((caller, at) => {
    const received = { caller, traces, tap, port: server.port ?? 0 };
    return (
      joined(caller, traces).kind !== 'child' ||
      echoFindings(received, NAME, BAGGAGE, ECHO_RULES).length > 0 ||
      namesOthers(caller, traces, names.toSpliced(at, 1))
    );
  });
  const params = {
    // Not where the server is made.
    file: 'server-interceptor.ts',
    service: server.name,
    port: server.port ?? 0,
  };
  return isMixed ? atStep('4.4', [{ rule: 'L3-CLI-GLOBAL', params }]) : [];
}

/** What the method said of one call stands in the span of another. */
function namesOthers(
  caller: Caller,
  traces: ReturnType<typeof tracesOf>,
  others: readonly string[],
): boolean {
  const spans = traces.find(({ traceId }) => sameId(traceId, caller.traceId))?.spans ?? [];
  return spans.some((span) => others.some((other) => mentions(span, other)));
}

function serverSpanOf(spans: readonly ObservedSpan[]): ObservedSpan | undefined {
  return (
    spans.find(({ tags }) => tags['span.kind'] === 'server') ??
    spans.find(({ operationName }) => operationName.includes('SayHello')) ??
    spans[0]
  );
}

/** A server that answers only when the method has got done is not done before. */
function slowFindings(server: Run, { seen }: PlayedCalls): Finding[] {
  const [greeting] = seen.result;
  const span = serverSpanOf(tracesOf(server, seen.traces).flatMap(({ spans }) => spans));
  if (!greeting || !span) return [];
  const { requestedAt, answeredAt } = greeting;
  // Nothing held the method up.
  if (answeredAt - requestedAt < METHOD_TAKES_MS * 1000) return [];
  return earlyFindings(span, requestedAt + (METHOD_TAKES_MS * 1000) / 2);
}

/** Ended before there was anything to answer, which cannot have been before `answerAt`. */
function earlyFindings(
  { operationName, startTime, duration }: ObservedSpan,
  answerAt: number,
): Finding[] {
  if (startTime + duration >= answerAt) return [];
  return [{ rule: 'L4-SRV-EARLY', params: { span: operationName } }];
}

/** Whether the span of a call that was given up before it was answered is finished all the same. */
export function cancelFindings(
  server: Run,
  service: string,
  { callers, seen }: PlayedCalls,
): StepFinding[] {
  const tap = seen.tapOf(server);
  const finished = tap.filter((event) => isTapped(event, 'finish'));
  const [lost] = tap
    .filter((event) => isTapped(event, 'start'))
    .filter(({ parentId }) => callers.some((caller) => sameId(caller.spanId, parentId)))
    .filter(({ spanId }) => !finished.some((each) => each.spanId === spanId));
  if (!lost) return [];
  return atStep('4.3', [{ rule: 'L4-SRV-CANCEL', params: { span: lost.operationName, service } }]);
}

/**
 * The method says something of its call: in the span of the call, or in one below it. An interceptor can say a lot, too,
 * but knows the name that is greeted only by the message, as the method does.
 */
export function contextFindings(
  span: ObservedSpan,
  spans: readonly ObservedSpan[],
  { name, requestedAt }: { readonly name: string; readonly requestedAt: number },
  tap: readonly TapEvent[] = [],
): StepFinding[] {
  const isAfterRequest = (at: number) => at >= requestedAt - (PART_DELAY_MS * 1000) / 2;
  const says =
    span.logs.some(
      ({ timestamp, fields }) =>
        isAfterRequest(timestamp) && !/^(baggage|error)$/.test(String(fields['event'])),
    ) ||
    mentions(span, name) ||
    spans.some(
      ({ parentId, startTime }) => sameId(parentId, span.spanId) && isAfterRequest(startTime),
    );
  if (says) return [];
  const isUncalled = tap.some(({ type }) => type === 'context-uncalled');
  const variant = isUncalled && { variant: 'UNCALLED' };
  const params = { span: span.operationName };
  return atStep('4.4', [{ rule: 'L4-SRV-CONTEXT', ...variant, params }]);
}

function mentions({ tags, logs }: ObservedSpan, name: string): boolean {
  return [tags, ...logs.map(({ fields }) => fields)].some((record) =>
    Object.values(record).some((value) => String(value).includes(name)),
  );
}

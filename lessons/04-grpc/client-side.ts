import type { ObservedSpan } from '@spoor/analysis';
import { atStep } from '../lib/judge/at-step.ts';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import { processFindings } from '../lib/judge/process-findings.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import type { Caller } from '../lib/probes/caller.ts';
import { carriedContext } from '../lib/probes/carried-context.ts';
import { baggageFindings, injectFindings } from '../lib/probes/carried-findings.ts';
import { sameId } from '../lib/probes/joined.ts';
import { mostAlike } from '../lib/probes/repeated.ts';
import { spansOf } from '../lib/probes/spans-of.ts';
import { BAGGAGE, LEFT, STUB_DELAY_MS, type StubbedCall } from './probes.ts';

const NAME = '/protos.Greeter/SayHello';

/** What the client sends along with its call, and for how long its span waits for the answer. */
export function callFindings(
  { run, seen, calls, others }: StubbedCall,
  service: string,
  port: number,
): StepFinding[] {
  const [call] = calls;
  if (!call) return atStep('4.2', processFindings(run));
  const spans = spansOf(run, seen.spans);
  const clientSpan = callSpanOf(spans, carriedContext(call.metadata)?.spanId);
  const early = clientSpan ? earlyFindings(clientSpan, call.answeredAt) : [];
  const carried = { keys: call.metadata, tap: seen.tapOf(run), spans, clientSpan, port };
  const inject = injectFindings(carried, { missing: 'L4-CLI-INJECT', wrong: 'L4-CLI-WRONGCTX' });
  const baggage =
    inject.length > 0
      ? []
      : Object.keys(BAGGAGE).flatMap((key) => baggageFindings(carried, key, 'L4-CLI-BAGGAGE'));
  const twice = twiceFindings(mostAlike(spans, NAME), calls.length + others, service);
  return [...atStep('4.1', [...early, ...twice]), ...atStep('4.2', [...inject, ...baggage])];
}

/**
 * Whether what the client injects takes the place of what somebody else has left in the metadata, and nothing besides.
 * HTTP/2 hands on several
 * values of one name as one text.
 */
export function leftFindings({ calls }: StubbedCall, left: Caller): StepFinding[] {
  const [call] = calls;
  const lost = Object.keys(LEFT).find((key) => call?.metadata[key] === undefined);
  if (call && lost !== undefined)
    return atStep('4.2', [{ rule: 'L4-CLI-METADATA', params: { key: lost } }]);
  const twice = Object.entries(left.headers).find(([key, value]) => {
    const came = call?.metadata[key]?.join(', ') ?? '';
    return came.includes(value) && came !== value;
  });
  return twice === undefined
    ? []
    : atStep('4.2', [{ rule: 'L4-CLI-APPEND', params: { key: twice[0] } }]);
}

/** Whether two calls of one client have a span each; `found` is what was found of one. */
export function callsFindings(
  { run, seen, calls: answered, failed }: StubbedCall,
  service: string,
  found: readonly StepFinding[],
): StepFinding[] {
  const calls = [...answered, ...failed];
  // A client without an interceptor writes into its metadata itself, once, and cannot be made to call again.
  const injects = seen.tapOf(run).filter(({ type }) => type === 'inject').length;
  if (injects < calls.length || found.some(({ step }) => step === '4.2')) return [];
  const sent = calls.map(({ metadata }) => carriedContext(metadata)?.spanId);
  const isShared = sent.some((id, at) => sent.slice(0, at).some((other) => sameId(id, other)));
  if (!isShared) return [];
  const params = { file: 'client-interceptor.ts', service, port: 0 };
  return atStep('4.2', [{ rule: 'L3-CLI-GLOBAL', variant: 'CALLS', params }]);
}

/**
 * The span of the call: it says that it is a client, or has nothing below it. Of several clients it is the one whose
 * context travelled (`carried`), or the innermost.
 */
export function callSpanOf(
  spans: readonly ObservedSpan[],
  carried: string | undefined,
): ObservedSpan | undefined {
  const parents = new Set(spans.map(({ parentId }) => parentId));
  const clients = spans.filter(({ tags }) => tags['span.kind'] === 'client');
  const around = new Set(clients.map(({ parentId }) => parentId));
  return (
    clients.find(({ spanId }) => sameId(spanId, carried)) ??
    clients.find(({ spanId }) => !around.has(spanId)) ??
    spans.find(({ operationName }) => operationName.includes('SayHello')) ??
    spans.find(({ spanId }) => !parents.has(spanId))
  );
}

/** One call, and several spans that stand for it: that of an interceptor that is there twice, or one by hand besides. */
function twiceFindings(count: number, expected: number, service: string): Finding[] {
  if (count <= expected) return [];
  return [{ rule: 'L4-CLI-TWICE', params: { span: NAME, service, expected, count } }];
}

/** The stub took its time; a span that waited for its answer ended after it. Clocks may differ by half of that time. */
function earlyFindings(
  { operationName, startTime, duration }: ObservedSpan,
  answeredAt: number,
): Finding[] {
  if (startTime + duration >= answeredAt - (STUB_DELAY_MS * 1000) / 2) return [];
  return [{ rule: 'L4-CLI-EARLY', params: { span: operationName } }];
}

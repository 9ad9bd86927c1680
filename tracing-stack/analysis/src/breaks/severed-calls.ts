import type { JsonValue, ObservedSpan, ObservedTrace } from '../jaeger-json/observed-trace.ts';
import { endTime } from '../tree/trace-span.ts';
import { isSameProcess } from './same-process.ts';
import { isCalling } from './span-kind.ts';

/** A call and the request that it probably became, in two traces: its context was not injected, or not extracted. */
export interface SeveredCall {
  readonly caller: ObservedTrace;
  /** Of kind `client`, and no other process has put a span beneath it. */
  readonly call: ObservedSpan;
  readonly callee: ObservedTrace;
  /** Of kind `server`, and the root of its trace. */
  readonly request: ObservedSpan;
  /** What beside the times says that the two belong together. */
  readonly evidence: readonly CallEvidence[];
  /** What part of the call's time the request took: 0 to 1. */
  readonly share: number;
  /** How many other calls or requests would fit as well, with as much evidence. */
  readonly rivals: number;
}

/** `service`: the call names the service. `address`: it names the host. `path`: both name the same URL path. `name`: operations are named alike. */
export type CallEvidence = 'service' | 'address' | 'path' | 'name';

/** Beyond, more requests lie within a call's time by chance than a reader could tell apart. */
const MOST_RIVALS = 3;

/** The calls of a trace that no other process has answered with a span of its own. */
export function openCalls({ spans }: ObservedTrace): ObservedSpan[] {
  const calls = new Map(spans.filter(isCalling).map((call) => [call.spanId, call]));
  for (const span of spans) {
    const call = calls.get(span.parentId ?? '');
    if (call && (span.tags['span.kind'] === 'server' || !isSameProcess(span, call)))
      calls.delete(call.spanId);
  }
  return [...calls.values()];
}

/** The root of a trace if that is a request which some caller must have sent, and that continues nobody's trace. */
export function rootRequest({ spans }: ObservedTrace): ObservedSpan | undefined {
  return spans.find(
    ({ tags, parentReference }) => tags['span.kind'] === 'server' && parentReference === undefined,
  );
}

/**
 * The open calls of some traces and the requests, in others, that lie within their time. Each call and each request
 * once: those with the most evidence, and of these the request that fills the call best. None if many fit and nothing
 * but chance tells them apart.
 */
export function severedCalls(
  callers: readonly ObservedTrace[],
  callees: readonly ObservedTrace[],
): SeveredCall[] {
  const requests = callees.flatMap((callee) => {
    const request = rootRequest(callee);
    return request ? [{ callee, request }] : [];
  });
  const pairs = callers
    .flatMap((caller) =>
      openCalls(caller).flatMap((call) =>
        requests
          .filter(({ callee }) => callee.traceId !== caller.traceId)
          .flatMap(({ callee, request }) => pairOf({ caller, call, callee, request })),
      ),
    )
    .sort((a, b) => b.evidence.length - a.evidence.length || b.share - a.share);
  const taken = new Set<ObservedSpan>();
  return pairs.flatMap((pair): SeveredCall[] => {
    const { call, request, evidence } = pair;
    if (taken.has(call) || taken.has(request)) return [];
    taken.add(call).add(request);
    const isRival = (other: Omit<SeveredCall, 'rivals'>) =>
      other !== pair &&
      other.evidence.length === evidence.length &&
      (other.call === call || other.request === request);
    const rivals = pairs.filter(isRival).length;
    return rivals > MOST_RIVALS ? [] : [{ ...pair, rivals }];
  });
}

/** The call and the request if they may belong together. */
function pairOf(
  pair: Pick<SeveredCall, 'caller' | 'call' | 'callee' | 'request'>,
): Omit<SeveredCall, 'rivals'>[] {
  const { call, request } = pair;
  if (!isWithin(request, call) || namesAnother(call, request)) return [];
  const share = call.duration > 0 ? Math.min(1, request.duration / call.duration) : 1;
  return [{ ...pair, evidence: evidenceOf(call, request), share }];
}

/**
 * A server may finish its span a little after its caller has the answer, and the clocks of two machines never agree
 * wholly: beside a long call that matters less.
 */
function isWithin(request: ObservedSpan, call: ObservedSpan): boolean {
  const slack = Math.min(100_000, Math.max(5_000, call.duration / 10));
  return request.startTime >= call.startTime - slack && endTime(request) <= endTime(call) + slack;
}

function evidenceOf(call: ObservedSpan, request: ObservedSpan): CallEvidence[] {
  const found: CallEvidence[] = [];
  if (peerOf(call) === request.serviceName) found.push('service');
  const address = text(call.tags['peer.ipv4'] ?? call.tags['peer.hostname']);
  const own = [request.processTags['ip'], request.processTags['hostname']].map(text);
  if (address !== '' && own.includes(address)) found.push('address');
  const path = pathOf(call);
  if (path !== '' && path !== '/' && path === pathOf(request)) found.push('path');
  if (call.operationName === request.operationName) found.push('name');
  return found;
}

/** The call says whom it calls, and it is not this one. */
function namesAnother(call: ObservedSpan, request: ObservedSpan): boolean {
  const peer = peerOf(call);
  return peer !== '' && peer !== request.serviceName;
}

const peerOf = ({ tags }: ObservedSpan) => text(tags['peer.service']);

const PATH_TAGS = ['http.url', 'url.full', 'http.target', 'url.path', 'http.path'];

/** Of the request's URL, without what follows a question mark; empty if the span does not say. */
function pathOf({ tags }: ObservedSpan): string {
  const url = text(PATH_TAGS.map((key) => tags[key]).find((value) => value !== undefined));
  return URL.canParse(url, 'http://host') ? new URL(url, 'http://host').pathname : '';
}

const text = (value: JsonValue | undefined) => String(value ?? '');

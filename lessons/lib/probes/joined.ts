import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { isExchanged, type TapEvent } from '../harness/tap-event.ts';
import type { Caller } from './caller.ts';

/** How a service's spans stand to the caller that the judge played. */
export type Joined =
  | { readonly kind: 'child'; readonly span: ObservedSpan }
  /** By FOLLOWS_FROM. */
  | { readonly kind: 'follower'; readonly span: ObservedSpan }
  /** `span` began a trace of its own. */
  | { readonly kind: 'apart'; readonly span: ObservedSpan | undefined };

/** Looks for the span that answered `caller`, among the spans of one of the learner's programs. */
export function joined(caller: Caller, traces: readonly ObservedTrace[]): Joined {
  const own = traces.find(({ traceId }) => sameId(traceId, caller.traceId));
  const spans = own?.spans.filter(({ parentId }) => sameId(parentId, caller.spanId)) ?? [];
  const child = spans.find(({ parentReference }) => parentReference !== 'FOLLOWS_FROM');
  if (child) return { kind: 'child', span: child };
  const [follower] = spans;
  if (follower) return { kind: 'follower', span: follower };
  return { kind: 'apart', span: traces.find((trace) => trace !== own)?.spans[0] };
}

/** Why nothing joined `caller`: of use for the wording only. */
export function whyApart(caller: Caller, tap: readonly TapEvent[]): string | undefined {
  const extracts = tap.filter((event) => event.type === 'extract');
  // Neither of the clients that the tap knows said anything.
  if (!tap.some(({ type }) => type === 'start')) return undefined;
  if (extracts.length === 0) return 'MISSING';
  const found = extracts.some(({ context }) => sameId(context?.traceId, caller.traceId));
  if (!found && isExchanged(tap, 'extract')) return 'EXCHANGED';
  if (!found && isExchanged(tap, 'handler')) return 'HANDLER';
  if (!found) return extracts.some(({ isMetadata }) => isMetadata) ? 'METADATA' : 'EMPTY';
  const given = tap.flatMap((event) => (event.type === 'start' && event.childOf) || []);
  if (given.includes('options')) return 'AS-OPTIONS';
  return given.length > 0 ? 'MISUSED' : 'UNUSED';
}

/** Whether an id is that of one of `traces`. */
export function isOneOf(traceId: string | undefined, traces: readonly ObservedTrace[]): boolean {
  return traces.some((trace) => sameId(trace.traceId, traceId));
}

/** Ids are compared as numbers: leading zeros do not count. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one.replace(/^0+/, '') === other.replace(/^0+/, '');
}

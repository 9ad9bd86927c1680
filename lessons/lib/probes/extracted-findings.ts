import type { ObservedSpan, ObservedTrace } from '@spoor/analysis';
import { isTapped, type TapEvent } from '../harness/tap-event.ts';
import type { RuleId } from '../judge/rule-ids.ts';
import type { Finding } from '../judge/verdict.ts';
import type { Caller } from './caller.ts';
import { BAGGAGE_PREFIX, CONTEXT_KEY } from './carried-context.ts';
import { joined, sameId, whyApart } from './joined.ts';

/** What a service made of a caller that the judge played. */
export interface Received {
  readonly caller: Caller;
  /** The traces that hold its spans of that time. */
  readonly traces: readonly ObservedTrace[];
  readonly tap: readonly TapEvent[];
  readonly port: number;
}

/** Whether the service continued the caller's trace, as one who answers. */
export function extractFindings(
  { caller, traces, tap, port }: Received,
  rules: { readonly apart: RuleId; readonly follows: RuleId },
): Finding[] {
  const how = joined(caller, traces);
  if (how.kind === 'child') return [];
  if (how.kind === 'follower')
    return [{ rule: rules.follows, params: { span: how.span.operationName, port } }];
  const variant = whyApart(caller, tap);
  return [{ rule: rules.apart, ...(variant && { variant }), params: { port } }];
}

export interface EchoRules {
  readonly hardcoded: RuleId;
  readonly missing: RuleId;
}

/**
 * Whether the service shows the caller's baggage in tags of its span `name`. `usual` are the values that the lesson's
 * own client sends: a tag that holds one of those now was not read from the baggage.
 */
export function echoFindings(
  { caller, traces, tap }: Received,
  name: string,
  usual: Readonly<Record<string, string>>,
  rules: EchoRules,
): Finding[] {
  const spans = spansOf(caller, traces);
  const span = spans.find(({ operationName }) => operationName === name) ?? spans[0];
  if (!span) return [];
  return Object.entries(caller.baggage).flatMap(([key, sent]): Finding[] => {
    const tag = span.tags[key];
    if (tag === sent) return [];
    const actual = String(tag ?? '');
    const params = { key, expected: sent, actual, span: span.operationName };
    if (IS_FUNCTION.test(actual)) return [{ rule: rules.missing, variant: 'UNCALLED', params }];
    if (tag !== undefined && tag !== '' && !isSent(tag, caller))
      return [{ rule: rules.hardcoded, params }];
    // Under another key it is there: that is said of the tag.
    const isElsewhere = Object.entries(span.tags).some(
      ([other, value]) => value === sent && !(other in usual),
    );
    if (isElsewhere) return [];
    if (tag === undefined) return [{ rule: rules.missing, params }];
    const ifEmpty = isLeftOut(caller, key, tap) ? 'LEFT-OUT' : 'EMPTY';
    return [{ rule: rules.missing, variant: actual === '' ? ifEmpty : 'OTHER', params }];
  });
}

/** extract() was given an object with the caller's context in it, and without this item. */
function isLeftOut({ traceId }: Caller, key: string, tap: readonly TapEvent[]): boolean {
  const extracts = tap
    .filter((event) => isTapped(event, 'extract'))
    .filter(({ context }) => sameId(context?.traceId, traceId))
    .map(({ keys }) => keys.map((each) => each.toLowerCase()));
  return extracts.some(
    (keys) => keys.includes(CONTEXT_KEY) && !keys.includes(BAGGAGE_PREFIX + key),
  );
}

/** A function as text. */
const IS_FUNCTION = /^(async )?(function\b|\w*\([^)]*\) *(=>|\{))/;

function isSent(tag: unknown, { baggage }: Caller): boolean {
  return Object.values(baggage).includes(String(tag));
}

function spansOf(caller: Caller, traces: readonly ObservedTrace[]): readonly ObservedSpan[] {
  return traces.find(({ traceId }) => sameId(traceId, caller.traceId))?.spans ?? [];
}

import { isNear, type ObservedSpan } from '@spoor/analysis';
import { FORMAT_BINARY } from 'opentracing';
import { isExchanged, isTapped, type TapEvent } from '../harness/tap-event.ts';
import type { RuleId } from '../judge/rule-ids.ts';
import type { Finding } from '../judge/verdict.ts';
import {
  BAGGAGE_PREFIX,
  type CarriedKeys,
  CONTEXT_KEY,
  carriedBaggage,
  carriedContext,
  carriedItems,
  otherContext,
} from './carried-context.ts';
import { sameId } from './joined.ts';

/** What a request, or a call, brought along to the stub, and what is known of where it came from. */
export interface Carried {
  readonly keys: CarriedKeys;
  /** Of the program that made it, while it made it. */
  readonly tap: readonly TapEvent[];
  /** Of the same program and the same time. */
  readonly spans: readonly ObservedSpan[];
  /** The span of the request. */
  readonly clientSpan: ObservedSpan | undefined;
  /** Where it came to. */
  readonly port: number;
}

/** Whether the request carried the context of its span, or of one below it. */
export function injectFindings(
  carried: Carried,
  rules: { readonly missing: RuleId; readonly wrong: RuleId },
): Finding[] {
  const { keys, clientSpan, spans, port } = carried;
  const context = carriedContext(keys);
  if (!context) return [{ rule: rules.missing, ...(misread(keys, port) ?? missed(carried)) }];
  if (!clientSpan || isWithin(context.spanId, clientSpan, spans)) return [];
  const params = {
    span: clientSpan.operationName,
    expected: clientSpan.spanId,
    actual: context.spanId,
    port,
  };
  return [{ rule: rules.wrong, params }];
}

/** Whether the request carried a baggage item, whatever its value. `known` are all the items that the lesson asks for. */
export function baggageFindings(
  { keys, spans, tap, port }: Carried,
  key: string,
  rule: RuleId,
  known: readonly string[] = [key],
): Finding[] {
  if (carriedBaggage(keys, key) !== undefined) return [];
  const near = carriedItems(keys).find((other) => !known.includes(other) && isNear(key, other));
  if (near !== undefined) return [{ rule, variant: 'NEAR', params: { key, port, actual: near } }];
  const isObject = tap
    .filter((event) => isTapped(event, 'miswritten'))
    .some((event) => event.by === 'setBaggageItem' && event.keys.includes(key));
  if (isObject) return [{ rule, variant: 'OBJECT', params: { key, port } }];
  // Jaeger's clients leave a log where baggage is set.
  const wasSet = spans.some(({ logs }) =>
    logs.some(({ fields }) => fields['event'] === 'baggage' && fields['key'] === key),
  );
  const tagged = spans.find(({ tags }) => tags[key] !== undefined);
  const params = { key, port, ...(tagged && { span: tagged.operationName }) };
  const ifSet = isLeftOut(tap, key) ? 'LEFT-OUT' : 'TOO-LATE';
  return [{ rule, variant: wasSet ? ifSet : tagged ? 'TAG' : 'MISSING', params }];
}

/** inject() wrote the item, or was not asked at all: what was sent is a part of it, or was written by hand. */
function isLeftOut(tap: readonly TapEvent[], key: string): boolean {
  const injects = tap.filter((event) => event.type === 'inject');
  if (injects.length === 0) return tap.some(({ type }) => type === 'start');
  return injects.some(({ keys }) => keys.includes(BAGGAGE_PREFIX + key));
}

/** Something came that was meant to be the context, and that nobody reads. */
function misread(keys: CarriedKeys, port: number): Pick<Finding, 'variant' | 'params'> | undefined {
  const actual = keys[CONTEXT_KEY]?.at(-1);
  if (actual !== undefined) return { variant: 'UNREADABLE', params: { port, actual } };
  const key = otherContext(keys);
  return key === undefined ? undefined : { variant: 'OTHER-KEY', params: { port, actual: key } };
}

function missed(carried: Carried): Pick<Finding, 'variant' | 'params'> {
  const variant = whyMissing(carried);
  return { ...(variant && { variant }), params: { port: carried.port } };
}

/** Why no context came: of use for the wording only. */
function whyMissing({ tap, port }: Carried): string | undefined {
  if (!tap.some(({ type }) => type === 'start')) return undefined;
  const [inject] = tap.filter((event) => event.type === 'inject');
  if (!inject)
    return isExchanged(tap, 'inject') ? 'EXCHANGED' : (misgiven(tap) ?? noop(tap) ?? 'MISSING');
  if (isBinary(inject)) return 'BINARY';
  if (inject.isMetadata) return 'METADATA';
  const left = tap.find(
    (event) => event.type === 'call' || (event.type === 'request' && isFor(event.url, port)),
  );
  if (left && left.at < inject.at) return 'TOO-LATE';
  const lastStart = tap.findLast(
    (event) => 'method' in event && event.method === 'start' && event.at < inject.at,
  );
  if (lastStart?.type === 'handed-on') return 'TOO-LATE';
  if (tap.some(({ type }) => type === 'metadata-entry')) return 'OTHER-METADATA';
  const isOfGrpc = tap.some(({ type }) => type === 'call-begun');
  return isOfGrpc && inject.isWriter ? 'NO-ENTRY' : 'HEADERS-NOT-PASSED';
}

/** inject was called, and what it was to write is no span's: the context of functions is taken for one easily. */
function misgiven(tap: readonly TapEvent[]): string | undefined {
  const [first] = tap.filter((event) => isTapped(event, 'inject-misgiven'));
  if (!first) return undefined;
  return first.given === 'context' ? 'OF-CONTEXT' : 'OF-OTHER';
}

/** inject was asked of a tracer that does nothing: the global one before it was set, or another of opentracing's. */
function noop(tap: readonly TapEvent[]): string | undefined {
  const [first] = tap.filter((event) => isTapped(event, 'noop-inject'));
  return first && (first.isGlobal ? 'NOOP-GLOBAL' : 'NOOP');
}

/** An inject that writes bytes: neither headers nor metadata take them. */
export function isBinary(event: TapEvent): boolean {
  return event.type === 'inject' && event.format === FORMAT_BINARY;
}

function isFor(url: string, port: number): boolean {
  return URL.canParse(url) && new URL(url).port === String(port);
}

/** Whether `spanId` is `span`, or hangs somewhere below it. */
function isWithin(spanId: string, span: ObservedSpan, spans: readonly ObservedSpan[]): boolean {
  const visited = new Set<string>();
  for (let id: string | undefined = spanId; id !== undefined && !visited.has(id); ) {
    if (sameId(id, span.spanId)) return true;
    visited.add(id);
    const at: string = id;
    id = spans.find((each) => sameId(each.spanId, at))?.parentId;
  }
  return false;
}

import type { ObservedSpan } from '@spoor/analysis';
import { FORMAT_BINARY } from 'opentracing';
import type { TapEvent } from '../harness/tap-event.ts';
import type { RuleId } from '../judge/rule-ids.ts';
import type { Finding } from '../judge/verdict.ts';
import { type CarriedKeys, carriedBaggage, carriedContext } from './carried-context.ts';
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
  if (!context) {
    const variant = whyMissing(carried);
    return [{ rule: rules.missing, ...(variant && { variant }), params: { port } }];
  }
  if (!clientSpan || isWithin(context.spanId, clientSpan, spans)) return [];
  const params = {
    span: clientSpan.operationName,
    expected: clientSpan.spanId,
    actual: context.spanId,
    port,
  };
  return [{ rule: rules.wrong, params }];
}

/** Whether the request carried a baggage item, whatever its value. */
export function baggageFindings(
  { keys, spans, port }: Carried,
  key: string,
  rule: RuleId,
): Finding[] {
  if (carriedBaggage(keys, key) !== undefined) return [];
  // Jaeger's clients leave a log where baggage is set.
  const wasSet = spans.some(({ logs }) =>
    logs.some(({ fields }) => fields['event'] === 'baggage' && fields['key'] === key),
  );
  const tagged = spans.find(({ tags }) => tags[key] !== undefined);
  const params = { key, port, ...(tagged && { span: tagged.operationName }) };
  return [{ rule, variant: wasSet ? 'TOO-LATE' : tagged ? 'TAG' : 'MISSING', params }];
}

/** Why no context came: of use for the wording only. */
function whyMissing({ tap, port }: Carried): string | undefined {
  if (!tap.some(({ type }) => type === 'start')) return undefined;
  const [inject] = tap.filter((event) => event.type === 'inject');
  if (!inject) return 'MISSING';
  if (isBinary(inject)) return 'BINARY';
  const left = tap.find(
    (event) => event.type === 'call' || (event.type === 'request' && isFor(event.url, port)),
  );
  return left && left.at < inject.at ? 'TOO-LATE' : 'HEADERS-NOT-PASSED';
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

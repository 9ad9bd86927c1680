import { exactJson } from './exact-json.ts';

/**
 * The body of an answer in a form in which two are equal that say the same: numbers digit for digit, and what Jaeger
 * gives in the random order of Go's maps (names, traces, the spans of a trace, the numbering of its processes) sorted. Of
 * the times in a health answer only the form counts.
 */
export function comparableBody(contentType: string | undefined, text: string): unknown {
  // Of its API v3 Jaeger does not say that it is JSON.
  if (V3_ANSWER.test(text)) return comparableV3(exactJson(text) as V3Answer);
  return contentType === 'application/json' ? comparableJson(exactJson(text)) : text;
}

const V3_ANSWER = /^\{"(?:result|services|operations)":/;

interface V3Answer {
  readonly services?: readonly unknown[];
  readonly operations?: readonly unknown[];
  readonly result?: { readonly resourceSpans: readonly ResourceSpans[] };
}

interface ResourceSpans {
  readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[];
}

function comparableV3({ services, operations, result }: V3Answer): V3Answer {
  return {
    ...(services && { services: sorted(services) }),
    ...(operations && { operations: sorted(operations) }),
    ...(result && { result: { resourceSpans: sortedSpans(result.resourceSpans, sorted) } }),
  };
}

/** A comparable answer of API v3 with each of its equal spans once. */
export function distinctSpans(answer: unknown): unknown {
  const { result } = answer as Required<V3Answer>;
  return { result: { resourceSpans: sortedSpans(result.resourceSpans, distinct) } };
}

function sortedSpans(
  resources: readonly ResourceSpans[],
  order: (spans: readonly unknown[]) => unknown[],
): ResourceSpans[] {
  const changed = resources.map((resource) => ({
    ...resource,
    scopeSpans: resource.scopeSpans.map((scope) => ({ ...scope, spans: order(scope.spans) })),
  }));
  return sorted(changed) as ResourceSpans[];
}

interface TraceJson {
  readonly traceID: string;
  readonly spans: readonly { readonly processID: string }[];
  readonly processes: Readonly<Record<string, unknown>>;
}

function comparableJson(answer: unknown): unknown {
  const { data, upSince, uptime } = answer as Record<string, unknown>;
  if (uptime !== undefined)
    return {
      ...(answer as object),
      upSince: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(upSince)),
      uptime: /^(\d+h)?(\d+m)?[\d.]+m?s$/.test(String(uptime)),
    };
  if (!Array.isArray(data)) return answer;
  return { ...(answer as object), data: sorted(data.map(comparableItem)) };
}

function comparableItem(item: unknown): unknown {
  const { spans, processes } = item as Partial<TraceJson>;
  if (spans === undefined || processes === undefined) return item;
  const named = spans.map((span) => ({ ...span, processID: processes[span.processID] }));
  return { ...(item as object), spans: sorted(named), processes: sorted(Object.values(processes)) };
}

/** Of equal items the first. */
export function distinct(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

export function sorted(items: readonly unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

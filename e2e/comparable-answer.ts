/**
 * The body of an answer in a form in which two are equal that say the same: numbers digit for digit, and what Jaeger
 * gives in the random order of Go's maps (names, traces, the spans of a trace, the numbering of its processes) sorted. Of
 * the times in a health answer only the form counts.
 */
export function comparableBody(contentType: string | undefined, text: string): unknown {
  return contentType === 'application/json' ? comparableJson(exactJson(text)) : text;
}

/** JSON.parse that keeps every number as the text `#…`. */
function exactJson(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
      token.startsWith('"') ? token : `"#${token}"`,
    ),
  );
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

function sorted(items: readonly unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

import { exactJson } from '../exact-json.ts';

/**
 * What a trace says, a line a fact: `prepare.tags.text` to `string café`. Spans are named by their operations, times
 * count from the start of the trace, and what is each run's own (ids, host, address, the client's instance) is left out;
 * so two are equal that were reported by the same program, whoever carried them.
 */
export type TraceLines = Readonly<Record<string, string>>;

interface Json {
  readonly [name: string]: unknown;
}

interface Tag {
  readonly key: string;
  readonly type: string;
  readonly value: unknown;
}

interface SpanJson {
  readonly spanID: string;
  readonly operationName: string;
  readonly flags?: string;
  readonly references: readonly { refType: string; traceID: string; spanID: string }[];
  readonly startTime: string;
  readonly duration: string;
  readonly tags: readonly Tag[];
  readonly logs: readonly { timestamp: string; fields: readonly Tag[] }[];
  readonly processID: string;
  readonly warnings: readonly string[] | null;
}

interface TraceJson extends Json {
  readonly traceID: string;
  readonly spans: readonly SpanJson[];
  readonly processes: Readonly<Record<string, { serviceName: string; tags: readonly Tag[] }>>;
  readonly warnings: readonly string[] | null;
}

/** Each run's own. */
const OWN = new Set(['hostname', 'ip', 'client-uuid', 'jaeger.version']);

/** The answer to `/api/traces/ID`; `start` is in microseconds since 1970. A span that is there twice is named twice. */
export function traceLines(answer: string, start: number): TraceLines {
  const { data } = exactJson(answer) as { data: readonly TraceJson[] };
  const [trace] = data;
  if (!trace || data.length !== 1) throw new Error(`${data.length} traces: ${answer}`);
  const names = new Map(trace.spans.map((span) => [span.spanID, span.operationName]));
  const spans = trace.spans.map(({ operationName }) => operationName).sort();
  const lines: Record<string, string> = { spans: spans.join(', ') };
  lines['trace.warnings'] = String(trace.warnings);
  for (const span of trace.spans)
    for (const [name, value] of spanLines(span, trace, names, start))
      lines[`${span.operationName}.${name}`] = value;
  return lines;
}

function spanLines(
  span: SpanJson,
  trace: TraceJson,
  names: ReadonlyMap<string, string>,
  start: number,
): [string, string][] {
  const since = (micros: string) => String(BigInt(micros.slice(1)) - BigInt(start));
  const process = trace.processes[span.processID];
  const logs = [...span.logs].sort((a, b) => (since(a.timestamp) < since(b.timestamp) ? -1 : 1));
  return [
    ['flags', String(span.flags)],
    ['start', since(span.startTime)],
    ['duration', span.duration],
    ...span.references.map(({ refType, traceID, spanID }, i): [string, string] => [
      `references.${i}`,
      `${refType} ${traceID === trace.traceID ? (names.get(spanID) ?? spanID) : 'another trace'}`,
    ]),
    ...tagLines('tags', span.tags),
    ...logs.flatMap(({ timestamp, fields }, i) => [
      [`logs.${i}.at`, since(timestamp)] as [string, string],
      ...tagLines(`logs.${i}`, fields),
    ]),
    ['process', String(process?.serviceName)],
    ...tagLines('process', process?.tags ?? []),
    ['warnings', String(span.warnings)],
  ];
}

/** A key may be there twice. */
function tagLines(under: string, tags: readonly Tag[]): [string, string][] {
  const values = new Map<string, string[]>();
  for (const { key, type, value } of tags) {
    const text = OWN.has(key) ? type : `${type} ${JSON.stringify(value)}`;
    values.set(key, [...(values.get(key) ?? []), text]);
  }
  return Array.from(values, ([key, texts]) => [`${under}.${key}`, texts.sort().join(' and ')]);
}

/** Where two say different things, a line each: `NAME: expected … got …`. */
export function differences(expected: TraceLines, got: TraceLines): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(got)])].sort();
  return names
    .filter((name) => expected[name] !== got[name])
    .map((name) => `${name}: expected ${expected[name] ?? 'none'} got ${got[name] ?? 'none'}`);
}

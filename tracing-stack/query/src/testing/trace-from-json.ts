import type { KeyValue, Log, Process, Reference, Span, Trace, ValueType } from '@spoor/model';

/** A trace as `traceJson` writes it, after JSON.parse; numbers that JSON.parse would round stand there as strings. */
interface TraceJson {
  traceID: string;
  spans: SpanJson[];
  processes: Record<string, { serviceName: string; tags: KeyValueJson[] }>;
  warnings: string[] | null;
}

interface SpanJson {
  traceID: string;
  spanID: string;
  flags?: number;
  operationName: string;
  references: { refType: Reference['refType']; traceID: string; spanID: string }[];
  startTime: number | string;
  duration: number | string;
  tags: KeyValueJson[];
  logs: { timestamp: number | string; fields: KeyValueJson[] }[];
  processID: string;
  warnings: string[] | null;
}

interface KeyValueJson {
  key: string;
  type: ValueType;
  value: unknown;
}

/** Reads an answer of the query API back into the model: what was recorded of a real Jaeger becomes a test's input. */
export function tracesFromJson(text: string): Trace[] {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return (JSON.parse(exact) as { data: TraceJson[] }).data.map(traceFromJson);
}

function traceFromJson(json: TraceJson): Trace {
  const processes = new Map<string, Process>(
    Object.entries(json.processes).map(([name, { serviceName, tags }]) => [
      name,
      { serviceName, tags: tags.map(keyValue) },
    ]),
  );
  return {
    traceId: json.traceID,
    spans: json.spans.map((span) => spanFromJson(span, processes)),
    warnings: json.warnings ?? [],
  };
}

function spanFromJson(json: SpanJson, processes: ReadonlyMap<string, Process>): Span {
  const process = processes.get(json.processID);
  if (process === undefined) throw new Error(`no process ${json.processID}`);
  return {
    traceId: json.traceID,
    spanId: json.spanID,
    operationName: json.operationName,
    references: json.references.map(({ refType, traceID, spanID }) => ({
      refType,
      traceId: traceID,
      spanId: spanID,
    })),
    flags: json.flags ?? 0,
    startTime: signed(json.startTime),
    duration: signed(json.duration),
    tags: json.tags.map(keyValue),
    logs: json.logs.map(
      ({ timestamp, fields }): Log => ({
        timestamp: signed(timestamp),
        fields: fields.map(keyValue),
      }),
    ),
    process,
    warnings: json.warnings ?? [],
  };
}

function keyValue({ key, type, value }: KeyValueJson): KeyValue {
  switch (type) {
    case 'string':
      return { key, type, value: value as string };
    case 'bool':
      return { key, type, value: value as boolean };
    case 'int64':
      return { key, type, value: BigInt(value as number | string) };
    case 'float64':
      return { key, type, value: Number(value) };
    case 'binary':
      return { key, type, value: Buffer.from((value as string | null) ?? '', 'base64') };
  }
}

function signed(value: number | string): number {
  return Number(BigInt.asIntN(64, BigInt(value)));
}
